import { describe, expect, it } from 'vitest'
import { cnn, cnnNoPooling } from '../../experiments/models/cnn.ts'
import { fcnn } from '../../experiments/models/fcnn.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { conv2d, dense, describeLayers, dropout, flatten, maxPool, parameterCount } from '../../experiments/models/layers.ts'

describe('the models', () => {
  it('have the published numbers of parameters', () => {
    expect([cnn, fcnn, cnnNoPooling].map(parameterCount)).toEqual([1_199_882, 1_333_770, 4_738_826])
  })

  it('have most of the CNN in its first dense layer', () => {
    const [largest] = describeLayers(cnn).toSorted((a, b) => b.parameters - a.parameters)
    expect(largest).toMatchObject({ layer: { kind: 'dense', units: 128 }, parameters: 1_179_776 })
  })

  it('change shape from layer to layer as a valid convolution and a pooling do', () => {
    expect(describeLayers(cnn).map((l) => l.outputShape.join('×'))).toEqual([
      ...['26×26×32', '26×26×32', '24×24×64', '24×24×64', '12×12×64', '12×12×64', '9216', '128', '128', '128', '10'],
    ])
  })
})

describe('describeLayers', () => {
  it('names the layer whose input does not fit', () => {
    expect(() => describeLayers([flatten(), conv2d(8, 3)])).toThrow('layer 1 (conv2d) takes 3 dimensions, but is given [784]')
    expect(() => describeLayers([maxPool(14), conv2d(8, 3)])).toThrow('layer 1 (conv2d 3×3) is larger than its input [2, 2, 1]')
    expect(() => describeLayers([maxPool(14), maxPool(3)])).toThrow('layer 1 (maxPool 3×3) is larger than its input [2, 2, 1]')
    expect(() => describeLayers([dense(10)])).toThrow('layer 0 (dense) takes 1 dimensions')
  })

  it('counts multiply-adds by output position and kernel', () => {
    expect(describeLayers(cnn)[2]!.multiplyAdds).toBe(24 * 24 * 3 * 3 * 32 * 64)
  })
})

describe('dropout', () => {
  it('is taken to the nearest 256th, in which masks are drawn', () => {
    expect([0.25, 0.5, 0.1].map(dropout)).toEqual([0.25, 0.5, 26 / 256].map((rate) => ({ kind: 'dropout', rate })))
  })

  it.each([0, 0.001, 0.999, 1, NaN])('of %d, which would drop nothing or everything, is refused', (rate) => {
    expect(() => dropout(rate)).toThrow(`dropout of ${rate} is`)
  })
})

describe('initialWeights', () => {
  it('are Glorot-uniform in the kernels and zero in the biases', () => {
    const [kernel, bias] = initialWeights(fcnn, 7) as [Float32Array, Float32Array]
    const limit = Math.sqrt(6 / (784 + 1024))
    expect(bias.every((value) => value === 0)).toBe(true)
    expect(Math.max(...kernel.subarray(0, 50_000).map(Math.abs))).toBeLessThanOrEqual(limit)
    const variance = kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 2)
  })

  it('differ from seed to seed', () => {
    expect(initialWeights(fcnn, 1)[0]).not.toEqual(initialWeights(fcnn, 2)[0])
  })
})
