import { expect, test } from 'vitest'
import { confusion } from '../../src/figures/confusion.ts'
import { misread } from '../../src/figures/misread.ts'
import { madeUpSite } from '../site/made-up-site.ts'

const seeds = (...all: number[]) => madeUpSite({ experiments: ['cnn'], seeds: all, weights: false })

test('a confusion map of several seeds is their mean, says so, and has 1,000 images a row', () => {
  const { subtitle, table } = confusion(seeds(1, 2), { experiment: 'cnn' })!
  expect(subtitle).toContain('means of 2 seeds')
  for (const [, ...cells] of table!.rows) {
    const images = cells.map((cell) => (cell && typeof cell !== 'string' ? (cell.value as number) : NaN))
    expect(images.reduce((a, b) => a + b, 0)).toBeCloseTo(1000, 6)
  }
  expect(confusion(seeds(1), { experiment: 'cnn' })!.subtitle).not.toContain('means')
})

test('the characters shown are said to be those of one seed, the counts those of all', () => {
  const several = misread(seeds(1, 2), { experiment: 'cnn' })!
  expect(several.subtitle).toContain('means of 2 seeds')
  expect(several.title).toMatch(/^CNN: \d+ of 1,000 /)
  expect(misread(seeds(1), { experiment: 'cnn' })!.subtitle).not.toContain('seeds')
})

test('no class is broken over two lines of a title', () => {
  for (const { title } of [confusion(seeds(1), { experiment: 'cnn' })!, misread(seeds(1), { experiment: 'cnn' })!])
    expect(title.match(/\p{Script=Hiragana}\u00a0[a-z]+\u00a0\d/gu)).toHaveLength(2)
})
