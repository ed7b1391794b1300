import { expect, test } from 'vitest'
import { dataFilesTable } from '../../src/tables/data-files.ts'
import { environmentTable } from '../../src/tables/environment.ts'
import { madeUpSite } from '../site/made-up-site.ts'

const site = () => madeUpSite({ experiments: ['cnn'], seeds: [1, 2, 3, 4], weights: false })

test('runs of one machine and version share a row, with the most memory of any and the commits of all', () => {
  const data = site()
  const [first, second, third, fourth] = data.allRuns
  Object.assign(first!.provenance, { peakMemoryBytes: 5e8, commit: 'a'.repeat(40) })
  Object.assign(second!.provenance, { peakMemoryBytes: 9e8, commit: 'b'.repeat(40) })
  Object.assign(third!.provenance, { commit: 'b'.repeat(40) })
  const days = ['2026-11-27', '2026-11-28', '2026-11-30', '2026-12-01']
  data.allRuns.forEach(({ provenance: { segments } }, i) => (segments[0]!.start = `${days[i]}T12:00:00.000Z`))
  Object.assign(fourth!.provenance, { cpu: 'Another', cores: 1, threads: 4, peakMemoryBytes: 1e9, commit: null })
  const { columns, rows } = environmentTable(data, {})
  const of = (label: string) => rows.map((row) => row[columns.findIndex((column) => column.label === label)])
  expect(rows).toHaveLength(2)
  expect(of('Processor')[1]).toBe('Another, 1 core')
  expect(of('Software')[1]).toMatch(/^linux\nNode [\d.]+\nnative: .*\n4 threads\npackage-lock\.json [0-9a-f]{8}$/)
  expect(of('Most memory')).toEqual(['900\u00a0MB', '1,000\u00a0MB'])
  expect(of('Runs')).toEqual(['CNN, ours: seeds 1–3', 'CNN, ours: seed 4'])
  expect(of('Trained')).toEqual(['2026-11-27 to 30', '2026-12-01'])
  expect(of('Commits')).toEqual(['aaaaaaaa\nbbbbbbbb', 'none'])
})

test('a run on another file is not counted among those of the official four', () => {
  const data = site()
  data.allRuns[0]!.dataset.testImages = '0'.repeat(64)
  const { rows } = dataFilesTable(data, {})
  const counted = rows.map(([name, , runs]) => [name, runs])
  expect(counted).toContainEqual(['t10k-images-idx3-ubyte', '3 of 4'])
  expect(counted).toContainEqual(['train-images-idx3-ubyte', '4 of 4'])
})
