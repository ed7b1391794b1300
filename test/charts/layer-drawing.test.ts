import { describe, expect, test } from 'vitest'
import { cnn } from '../../experiments/models/cnn.ts'
import { fcnn } from '../../experiments/models/fcnn.ts'
import { layerDrawing } from '../../src/charts/layer-drawing.ts'
import { golden, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'The layers of a network.'

describe.each(widths)('a layer drawing, %s', (name, width) => {
  test('of the CNN is drawn as before', async () => {
    const chart = layerDrawing({ series: series[0]!, layers: cnn }, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`layers-cnn-${name}`))
  })

  test('of the FCNN is drawn as before', async () => {
    const chart = layerDrawing({ series: series[1]!, layers: fcnn }, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`layers-fcnn-${name}`))
  })

  test('says names, shapes, parameters and their share', () => {
    const words = wordsOf(layerDrawing({ series: series[0]!, layers: cnn }, { label, width })).join('\n')
    for (const fact of [
      'Convolution 3 × 3, 32 filters',
      '26 × 26 × 32, ReLU',
      '12 × 12 × 64, dropout .25',
      '1,179,776',
      '98.3\u00a0%',
      '1,199,882',
    ])
      expect(words).toContain(fact)
  })
})
