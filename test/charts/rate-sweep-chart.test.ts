import { describe, expect, test } from 'vitest'
import { rateSweepChart, type RatePanel } from '../../src/charts/rate-sweep-chart.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Accuracy after ten epochs against the learning rate.'
const networks = series.filter(({ name }) => name === 'cnn' || name === 'fcnn')
const hump = (rate: number, best: number) => Math.max(0.1, 0.95 - 0.05 * Math.log10(rate / best) ** 2)

const panel = (title: string, rates: number[], best: number): RatePanel => ({
  title,
  rates,
  points: networks.flatMap((each, i) =>
    rates.map((rate) => {
      const accuracy = hump(rate, best) - 0.02 * i
      return { series: each, rate, test: [accuracy, accuracy - 0.01], validation: [accuracy + 0.02, accuracy + 0.03] }
    }),
  ),
})
const panels: RatePanel[] = [
  {
    ...panel('Adadelta', [0.0003, 0.001, 0.01, 0.1, 1, 3], 1),
    published: [{ rate: 0.001, accuracy: 0.55 }],
    marked: [
      { rate: 0.001, words: 'published' },
      { rate: 1, words: 'KMNIST authors' },
    ],
    change: { from: 1, to: 0.001, words: 'Keras’ default' },
  },
  panel('SGD with momentum', [0.0003, 0.003, 0.1], 0.03),
  panel('Adam', [0.00003, 0.001, 0.01], 0.001),
]
const points = (chart: string) => chart.match(/<(circle|rect)/g)?.length ?? 0
/** Stretches of lines: each line's path moves to its start once. */
const stretches = (chart: string) => chart.match(/<path d="M[^"]*L[^"]*"/g)?.length ?? 0

describe.each(widths)('the rate sweep, %s', (name, width) => {
  test('is drawn as before', async () => {
    const chart = rateSweepChart(panels, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`rate-sweep-${name}`))
  })

  test('names optimizers, networks, whose rates are marked, and the log axis', () => {
    const words = wordsOf(rateSweepChart(panels, { label, width }))
    for (const each of ['Adadelta', 'SGD with momentum', 'Adam', 'CNN', 'FCNN', 'published', 'KMNIST authors', 'Keras’ default'])
      expect(words).toContain(each)
    expect(words).toContain('learning rate (log scale)')
  })

  test('draws a partial sweep: a point a run, and no line over a rate that was not run', () => {
    const without = (rates: readonly number[]) =>
      panels.map((each) => ({ ...each, points: each.points.filter(({ rate }) => !rates.includes(rate)) }))
    const [whole, gap] = [rateSweepChart(panels, { label, width }), rateSweepChart(without([0.01]), { label, width })]
    expectWellMade(gap, label)
    // Two networks, two seeds, test and validation, of the two panels that have this rate.
    expect(points(whole) - points(gap)).toBe(16)
    // Adadelta's four lines break in two; Adam's lose their end.
    expect(stretches(gap) - stretches(whole)).toBe(4)
    expect(gap).not.toMatch(/NaN|undefined/)
    expectWellMade(
      rateSweepChart(
        panels.map((each) => ({ ...each, points: [] })),
        { label, width },
      ),
      label,
    )
  })
})
