import { expect, it, test } from 'vitest'
import { activationsKind, convolutionStages, filterActivations } from '../../experiments/analyses/activations.ts'
import { forwardOn } from '../../experiments/analyses/forward.ts'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { cnn, cnnNoPooling } from '../../experiments/models/cnn.ts'
import { fcnn } from '../../experiments/models/fcnn.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { conv2d, dense, flatten, maxPool, relu } from '../../experiments/models/layers.ts'
import { convolveRelu } from '../../src/data/activations.ts'
import { describeWithNative } from '../helpers/needs.ts'
import { madeUpPictures } from './made-up-pictures.ts'
import { expectPinned } from './pinned.ts'

test('a model has a stage for each convolution, which sees 3 × 3 and 5 × 5 pixels; an FCNN has none', () => {
  const shape = ({ height, width, filters, field, weightArrays }: ReturnType<typeof convolutionStages>[number]) => [
    height,
    width,
    filters,
    field,
    weightArrays,
  ]
  for (const layers of [cnn, cnnNoPooling])
    expect(convolutionStages(layers).map(shape)).toEqual([
      [26, 26, 32, 3, 2],
      [24, 24, 64, 5, 4],
    ])
  expect(convolutionStages(fcnn)).toEqual([])
})

test('a model has no stage for a convolution without a ReLU right behind it, nor for one behind a pooling', () => {
  const filters = (...layers: Parameters<typeof convolutionStages>[0]) => convolutionStages(layers).map((stage) => stage.filters)
  expect(filters(conv2d(1, 3), maxPool(2), relu(), flatten(), dense(10))).toEqual([])
  expect(filters(conv2d(1, 3), relu(), maxPool(2), conv2d(2, 3), relu(), flatten(), dense(10))).toEqual([1])
  expect(filters(conv2d(1, 3), conv2d(2, 3), relu(), conv2d(3, 3))).toEqual([2])
})

test('counts zeros, means and active images, and orders images by their strongest value', () => {
  const set = madeUpPictures(0, 12)
  // Two filters, two places. Filter 0 is as strong as the image's number at place 1; filter 1 never fires.
  const outputs = (images: Uint8Array) =>
    Float32Array.from({ length: (images.length / 784) * 4 }, (_, at) => (at % 4 === 2 ? Math.floor(at / 4) : 0))
  const [first, silent] = filterActivations({ height: 1, width: 2, filters: 2, field: 3 }, outputs, set).filters
  expect(first).toMatchObject({ images: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], places: new Array(10).fill(1), active: 11 / 12 })
  expect(first!.mean).toBeCloseTo(66 / 24, 12)
  expect(first!.zero).toBeCloseTo(13 / 24, 12)
  expect(first!.classes).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1])
  expect(silent).toMatchObject({ mean: 0, zero: 1, active: 0, images: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
})

test('gives the numbers of its version', () => {
  // Places and filters are pixels of the picture, some below zero.
  const outputs = (images: Uint8Array) =>
    Float32Array.from({ length: (images.length / 784) * 12 }, (_, at) =>
      Math.max(0, images[Math.floor(at / 12) * 784 + 100 + 37 * (at % 12)]! - 60),
    )
  const stage = { height: 2, width: 2, filters: 3, field: 3 }
  expectPinned(activationsKind, filterActivations(stage, outputs, madeUpPictures(0, 260)), { 1: 'c0d9d85a5715' })
})

describeWithNative('on the native engine', () => {
  it('a stage gives what the convolution tested against Keras gives', () => {
    const [stage] = convolutionStages(cnn)
    const [kernel, bias] = initialWeights(cnn, 3) as [Float32Array, Float32Array]
    bias.fill(0.05)
    const { images } = madeUpPictures(4, 2)
    const { outputs, dispose } = forwardOn(nativeEngine(findNative()!, 1))(stage!.layers, [kernel, bias])
    const found = outputs(images)
    dispose()
    const input = { height: 28, width: 28, channels: 1, values: Float32Array.from(images.subarray(784), (v) => v / 255) }
    const wanted = convolveRelu(input, kernel, bias, 3).values
    expect(found.length).toBe(2 * wanted.length)
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - found[wanted.length + i]!)))).toBeLessThan(1e-5)
  })
})
