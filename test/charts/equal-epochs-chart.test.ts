import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { equalEpochsChart, type PaceCurve } from '../../src/charts/equal-epochs-chart.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Two networks at equal epochs.'
const of = (name: string) => series.find((one) => one.name === name)!
const accuracy = (epoch: number, ahead: number) => 0.58 + ahead + 0.08 * Math.log(epoch / 20)
const points = (epochs: number, ahead: number) =>
  Array.from({ length: epochs - 19 }, (_, i) => ({ epoch: i + 20, value: accuracy(i + 20, ahead) }))

const cnn: PaceCurve = {
  series: of('cnn'),
  name: 'above',
  runs: [points(775, 0.025)],
  published: points(596, 0.03).filter(({ epoch }) => epoch % 40 === 0 || epoch === 596),
}
const fcnn: PaceCurve = {
  series: of('fcnn'),
  name: 'below',
  runs: [points(1061, 0), points(1263, 0.002)],
  published: points(1154, 0).filter(({ epoch }) => epoch % 80 === 0 || epoch === 1154),
}
const gap = { epoch: 596, from: accuracy(596, 0), to: accuracy(596, 0.025), words: ['2.5 points', 'at epoch 596'] }

describe.each(widths)('accuracy at equal epochs, %s', (name, width) => {
  test('is drawn as before, both networks named and the original’s last epochs written', async () => {
    const chart = equalEpochsChart([cnn, fcnn], gap, { label, width })
    expectWellMade(chart, label)
    expect(wordsOf(chart)).toEqual(expect.arrayContaining(['CNN', 'FCNN', '596', '1,154', ...gap.words]))
    await expect(chart).toMatchFileSnapshot(golden(`equal-epochs-${name}`))
  })

  test('every run ends in a point at its last epoch, and no other is filled', () => {
    const { document } = parseHTML(equalEpochsChart([cnn, fcnn], null, { label, width }))
    const places = (network: string, fill: boolean) =>
      [...document.querySelectorAll(`[data-series="${network}"] circle`)]
        .filter((circle) => (circle.getAttribute('fill') !== 'var(--paper)') === fill)
        .map((circle) => Number(circle.getAttribute('cx')))
    const right = width - 20
    const at = (epoch: number) => 32 + ((right - 32) * epoch) / 1263
    expect(places('fcnn', true)).toEqual([1061, 1263].map((epoch) => expect.closeTo(at(epoch), 1) as number))
    expect(places('cnn', true)).toEqual([expect.closeTo(at(775), 1)])
    expect(Math.max(...places('fcnn', false))).toBeCloseTo(at(1154), 1)
  })
})

test('lines that are read off together have a point at the same epochs', () => {
  const { document } = parseHTML(equalEpochsChart([cnn, fcnn], gap, { label }))
  const [first, second] = [...document.querySelectorAll('[data-line]')].map((path) =>
    [...path.getAttribute('d')!.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => x),
  )
  // All but each line's own last.
  expect(second!.slice(0, first!.length - 1)).toEqual(first!.slice(0, -1))
  expect(first!.length).toBeGreaterThan(45)
})

test('is drawn without published values and without a gap', () => {
  const bare = equalEpochsChart(
    [
      { ...cnn, published: [] },
      { ...fcnn, published: [] },
    ],
    null,
    { label },
  )
  expectWellMade(bare, label)
  expect(wordsOf(bare)).not.toContain('596')
})
