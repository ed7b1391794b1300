import { describe, expect, test } from 'vitest'
import { generalisationGap, type GapRow } from '../../src/charts/generalisation-gap.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Accuracy on training, validation and test images.'
const rows: GapRow[] = series.map((each, i) => ({
  series: each,
  accuracy: { train: 0.9995 - i * 0.003, validation: 0.985 - i * 0.002, test: 0.951 - i * 0.005 },
  ...(i === 1 && { testSeeds: [0.944, 0.946, 0.949] }),
}))

describe.each(widths)('the generalisation gap, %s', (name, width) => {
  test('is drawn as before', async () => {
    const chart = generalisationGap(rows, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`generalisation-gap-${name}`))
  })

  test('writes the gap in points and names every experiment', () => {
    const words = wordsOf(generalisationGap(rows, { label, width }))
    expect(words).toContain('4.9 points')
    for (const { title } of series) expect(words).toContain(title)
  })

  test('draws without validation images, and with runs missing', () => {
    const some = rows.map(({ series: each, accuracy }, i) => ({
      series: each,
      accuracy: i === 0 ? null : { ...accuracy!, validation: null },
    }))
    const chart = generalisationGap(some, { label, width })
    expectWellMade(chart, label)
    expect(wordsOf(chart)).toContain('not run yet')
  })
})
