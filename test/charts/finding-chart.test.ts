import { describe, expect, test } from 'vitest'
import { findingChart, type FindingRow } from '../../src/charts/finding-chart.ts'
import { golden, numbers, series, widths } from './sample.ts'
import { expectWellMade, textBoxes, wordsOf } from './text-boxes.ts'

const label = 'Macro F1 of five experiments, published and ours.'
const random = numbers(1)
const published = [0.887, 0.89, 0.922, 0.919, 0.89]
const ours = [0.951, 0.925, 0.957, 0.941, 0.947]
const rows: FindingRow[] = series.map((each, i) => ({
  series: each,
  published: published[i]!,
  ours: {
    mean: ours[i]!,
    interval: { low: ours[i]! - 0.004, high: ours[i]! + 0.003 },
    seeds: Array.from({ length: 4 }, () => ours[i]! + (random() - 0.5) * 0.005),
  },
}))

describe.each(widths)('the finding, %s', (name, width) => {
  test('is drawn as before', async () => {
    const chart = findingChart(rows, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`finding-${name}`))
  })

  test('names every experiment and writes both its scores', () => {
    const words = wordsOf(findingChart(rows, { label, width }))
    for (const row of rows) expect(words).toContain(row.series.title)
    expect(words).toEqual(expect.arrayContaining(['.887', '.951', '.922', '.957', 'published', 'ours']))
  })

  test('says how far apart each group lies', () => {
    const words = wordsOf(findingChart(rows, { label, width }))
    expect(words.filter((w) => w.startsWith('within'))).toEqual(['within .003', 'within .026', 'within .003', 'within .016'])
  })

  test('keeps words apart where scores coincide', () => {
    const equal = rows.map((row) => ({ ...row, ours: { mean: row.published!, interval: null, seeds: [row.published!] } }))
    expectWellMade(findingChart(equal, { label, width }), label)
  })

  test('a lower score of ours stands left of the published one', () => {
    const lower = rows.map((row) => ({ ...row, ours: { mean: row.published! - 0.02, interval: null, seeds: [] } }))
    const boxes = textBoxes(findingChart(lower, { label, width }))
    const at = (words: string) => boxes.find((box) => box.words === words)!.left
    expect(at('.867')).toBeLessThan(at('.887'))
  })

  test('a missing run is named as such', () => {
    const missing = rows.map((row, i) => (i === 1 ? { ...row, ours: null } : row))
    const chart = findingChart(missing, { label, width })
    expectWellMade(chart, label)
    expect(wordsOf(chart)).toContain('not run yet')
  })

  test('no run at all still draws what was published', () => {
    const none = rows.map((row) => ({ ...row, ours: null }))
    const chart = findingChart(none, { label, width })
    expectWellMade(chart, label)
    expect(wordsOf(chart).filter((w) => w === 'not run yet')).toHaveLength(5)
  })
})
