import { describe, expect, test } from 'vitest'
import { shiftChart, type ShiftRow } from '../../src/charts/shift-chart.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Accuracy by shift.'
const rows: ShiftRow[] = series.map((each, i) => ({
  series: each,
  points: [0, 1, 2, 3, 4].map((distance) => {
    const accuracy = 0.96 - 0.01 * i - (each.augmented ? 0.01 : 0.03) * distance ** 2
    return { distance, accuracy, interval: { low: accuracy - 0.005, high: accuracy + 0.005 } }
  }),
}))

describe.each(widths)('accuracy under shifts, %s', (name, width) => {
  test('is drawn as before, every line named at its end', async () => {
    const chart = shiftChart(rows, { label, width })
    expectWellMade(chart, label)
    for (const { title } of series) expect(wordsOf(chart)).toContain(title)
    await expect(chart).toMatchFileSnapshot(golden(`shift-chart-${name}`))
  })

  test('parts the names of lines that end together', () => {
    const together = rows.map((row) => ({ ...row, points: rows[0]!.points }))
    expectWellMade(shiftChart(together, { label, width }), label)
  })
})
