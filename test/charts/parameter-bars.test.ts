import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { cnn, cnnNoPooling } from '../../experiments/models/cnn.ts'
import { fcnn } from '../../experiments/models/fcnn.ts'
import { parameterBars } from '../../src/charts/parameter-bars.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Where the parameters sit.'
const models = [
  { series: series[0]!, layers: cnn },
  { series: series[1]!, layers: fcnn },
  { series: series[4]!, layers: cnnNoPooling },
]

describe.each(widths)('parameter bars, %s', (name, width) => {
  const chart = parameterBars(models, { label, width })

  test('are drawn as before', async () => {
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`parameter-bars-${name}`))
  })

  test('name each model, with its sum', () => {
    const words = wordsOf(chart)
    for (const model of models) expect(words).toContain(model.series.title)
    expect(words).toEqual(expect.arrayContaining(['1.20\u00a0M in all', '1.33\u00a0M in all', '4.74\u00a0M in all']))
  })

  test('share one scale over the models', () => {
    const bars = [...parseHTML(chart).document.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('width')))
    // Bars alternate: parameters, multiply-adds. The dense layers of 1,179,776 and 4,718,720 parameters.
    expect(bars[14 + 4]! / bars[4]!).toBeCloseTo(4_718_720 / 1_179_776, 2)
  })
})
