import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pairedRunsPath, storePairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { analysisStatuses, describeStatus, requiredAnalysesDue, runStatuses } from '../../experiments/commands/status.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'
import { makeResults } from '../fixtures/make-results.ts'
import { temporaryFolder } from '../site/made-up-site.ts'

const labels = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10)

test('tests of pairs are due where their file is gone, and fresh once it is made', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], weights: false })
  const due = () => requiredAnalysesDue(analysisStatuses(folder)).find(({ analysis }) => analysis === 'paired-runs-corrected')
  // Sorted by path, the augmented ones would come first.
  makeResults(folder, { experiments: ['cnn-augmented', 'fcnn-augmented'], weights: false })
  storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)
  expect(due()).toBeUndefined()
  rmSync(pairedRunsPath(folder, 'corrected'))
  expect(due()).toMatchObject({ verdict: 'missing', reasons: ['it has not been made'] })
})

test('a damaged record is one line among the others, required or not', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  const damage = (experiment: string, protocol: string, seed: number) => {
    mkdirSync(join(folder, protocol, experiment), { recursive: true })
    writeFileSync(join(folder, protocol, experiment, `seed-${seed}.json`), '{')
  }
  damage('cnn', 'corrected', 1)
  damage('cnn', 'corrected', 2)
  damage('fcnn', 'audit-1.0', 4)
  cpSync(join(folder, 'corrected', 'fcnn'), join(folder, 'copies', 'corrected', 'fcnn'), { recursive: true })
  makeResults(folder, { experiments: ['fcnn'], seeds: [9], weights: false })
  const lines = runStatuses(folder, {}).map(describeStatus)
  expect(lines.filter((line) => line.startsWith('damaged'))).toEqual([
    expect.stringContaining(`corrected/cnn/seed-1: ${join(folder, 'corrected', 'cnn', 'seed-1.json')} is not a run record: `),
    expect.stringContaining('corrected/cnn/seed-2: '),
    expect.stringContaining(
      `audit-1.0/fcnn/seed-4 (not required): ${join(folder, 'audit-1.0', 'fcnn', 'seed-4.json')} is not a run record: `,
    ),
    expect.stringContaining('copies/corrected/fcnn/seed-1 (not required): '),
    expect.stringContaining('copies/corrected/fcnn/seed-2 (not required): '),
  ])
  expect(lines.filter((line) => line.includes('corrected/fcnn/seed-9 (not required)'))).toHaveLength(1)
  expect(analysisStatuses(folder).map(({ analysis }) => analysis)).toContain('data-set')
})
