import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { LearningCurve } from '../../src/charts/curve-marks.ts'
import { learningCurves } from '../../src/charts/learning-curves.ts'
import { golden, numbers, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Learning curves.'

function curve(index: number, epochs: number): LearningCurve {
  const random = numbers(10 + index)
  const rows = Array.from({ length: epochs }, (_, i) => i + 1)
  return {
    series: series[index]!,
    validation: rows.map((epoch) => ({ epoch, value: 0.98 - 0.004 * index - 0.1 * Math.exp(-epoch / 4) + random() * 0.003 })),
    training: rows.map((epoch) => ({ epoch, value: 0.995 - 0.2 * Math.exp(-epoch / 4) })),
    otherSeeds: [rows.map((epoch) => ({ epoch, value: 0.978 - 0.1 * Math.exp(-epoch / 4) + random() * 0.003 }))],
    published: rows.map((epoch) => ({ epoch, value: 0.97 - 0.15 * Math.exp(-epoch / 6) })),
    publishedTraining: rows.map((epoch) => ({ epoch, value: 0.96 - 0.25 * Math.exp(-epoch / 6) })),
    rateFellAt: [epochs - 8, epochs - 3],
    publishedRateFellAt: [epochs - 6],
    keptEpoch: epochs - 5,
  }
}
const curves = series.map((_, i) => curve(i, 16 + 3 * i))

describe.each(widths)('learning curves, %s', (name, width) => {
  test('are drawn as before, every experiment with a panel', async () => {
    const chart = learningCurves(curves, { label, width, metric: 'accuracy' })
    expectWellMade(chart, label)
    const words = wordsOf(chart)
    for (const { title } of series) expect(words).toContain(title)
    for (const mark of ['validation', 'training', 'published', 'epoch kept', 'rate cut to a tenth']) expect(words).toContain(mark)
    for (const mark of ['other seeds', 'published, training', 'published, rate cut']) expect(words).toContain(mark)
    await expect(chart).toMatchFileSnapshot(golden(`learning-curves-${name}`))
  })

  test('losses over a log axis say so and begin at zero', () => {
    const losses = curves.map((each) => ({
      series: each.series,
      validation: Array.from({ length: 1154 }, (_, i) => ({ epoch: i + 1, value: 0.3 + 2 / (i + 1) })),
    }))
    const chart = learningCurves(losses, { label, width, metric: 'loss', logEpochs: true })
    expectWellMade(chart, label)
    expect(wordsOf(chart)).toEqual(expect.arrayContaining(['epoch (log scale)', 'loss (cross-entropy)', '0', '1,000']))
    // 1,154 epochs must not become 1,154 points in the path.
    const paths = [...parseHTML(chart).document.querySelectorAll('path')].map((path) => path.getAttribute('d')!.split('L').length)
    expect(Math.max(...paths)).toBeLessThan(700)
  })
})

test('the key stands below a full grid, without an empty row', () => {
  const chart = learningCurves(curves.slice(0, 2), { label, width: 340, metric: 'accuracy' })
  expectWellMade(chart, label)
  const height = (of: string) => Number(/viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(of)![1])
  expect(height(chart)).toBeLessThan(height(learningCurves(curves.slice(0, 3), { label, width: 340, metric: 'accuracy' })))
})

test('a line is broken where values are missing or outside the domain', () => {
  const values = [0.91, 0.92, null, 0.93, 0.94, 0.5, 0.95, 0.96]
  const one = [{ series: series[0]!, validation: values.map((value, i) => ({ epoch: i + 1, value })) }]
  const chart = learningCurves(one, { label, metric: 'accuracy', domain: [0.9, 1] })
  const line = parseHTML(chart).document.querySelector('[data-line="validation"]')!
  expect(line.getAttribute('d')!.match(/M/g)).toHaveLength(3)
})
