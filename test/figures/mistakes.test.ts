import { expect, test } from 'vitest'
import type { SiteData } from '../../src/data/site-data.ts'
import { confusion } from '../../src/figures/confusion.ts'
import { misread } from '../../src/figures/misread.ts'
import { madeUpSite } from '../site/made-up-site.ts'

const seeds = (...all: number[]) => madeUpSite({ experiments: ['cnn'], seeds: all, weights: false })

/** Of a class read as another, in each run, which tell the runs apart. */
function imagesOf(data: SiteData, truth: number, predicted: number): [number, number] {
  const [a, b] = data.allRuns.map((run) => run.evaluation.test.confusion[truth]![predicted]!) as [number, number]
  expect(a).not.toBe(b)
  return [a, b]
}

test('a confusion map of several seeds is their mean, says so, and has 1,000 images a row', () => {
  const data = seeds(1, 2)
  const { subtitle, table } = confusion(data, { experiment: 'cnn' })!
  expect(subtitle).toContain('means of 2 seeds')
  const images = table!.rows.map(([, ...cells]) =>
    cells.map((cell) => (cell && typeof cell !== 'string' ? (cell.value as number) : NaN)),
  )
  expect(images).toHaveLength(10)
  for (const row of images) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1000, 6)
  const [a, b] = imagesOf(data, 2, 5)
  expect(images[2]![5]).toBeCloseTo((a + b) / 2, 10)
  expect(table!.rows[2]![6]).toMatchObject({ text: ((a + b) / 2).toFixed(1) })
  expect(confusion(seeds(1), { experiment: 'cnn' })!.subtitle).not.toContain('means')
})

test('the characters shown are said to be those of one seed, the counts those of all', () => {
  const data = seeds(1, 2)
  const several = misread(data, { experiment: 'cnn' })!
  expect(several.subtitle).toContain('means of 2 seeds')
  // Made-up runs mistake す for は most often.
  const [a, b] = imagesOf(data, 2, 5)
  expect(several.title).toBe(`CNN: ${Math.round((a + b) / 2)} of 1,000 す\u00a0su\u00a02 are read as は\u00a0ha\u00a05`)
  expect(several.table!.rows[0]).toEqual([
    { text: 'す su 2', kana: true },
    { text: 'は ha 5', kana: true },
    { text: ((a + b) / 2).toFixed(1), value: (a + b) / 2 },
  ])
  expect(misread(seeds(1), { experiment: 'cnn' })!.subtitle).not.toContain('seeds')
})

test('no class is broken over two lines of a title', () => {
  for (const { title } of [confusion(seeds(1), { experiment: 'cnn' })!, misread(seeds(1), { experiment: 'cnn' })!])
    expect(title.match(/\p{Script=Hiragana}\u00a0[a-z]+\u00a0\d/gu)).toHaveLength(2)
})
