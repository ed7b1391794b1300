import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { dropoutMask } from '../../../experiments/engine/dropout-mask.ts'
import { compileDenseModule, denseKernels } from '../../../experiments/engine/portable/dense-kernels.ts'
import { wasmEngine } from '../../../experiments/engine/portable/wasm-engine.ts'
import { wasmFolder } from '../../../experiments/engine/wasm-folder.ts'
import { dense, describeLayers, dropout, flatten } from '../../../experiments/models/layers.ts'
import { reference } from '../reference.ts'

interface Digest {
  shape: number[]
  sum: number
  stride: number
  samples: number[]
}
interface LayerReference extends Record<'output' | 'ofInput' | 'ofKernel' | 'ofBias', Digest> {
  n: number
  inputs: number
  outputs: number
}
const layers = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/dense-layers.json'), 'utf8'),
) as LayerReference[]

await wasmEngine(wasmFolder())
const module = (await compileDenseModule())!

/** As test/reference/dense-layers.py makes them up. */
const madeUp = (salt: number, size: number) =>
  Float32Array.from({ length: size }, (_, i) => (((i * (37 + salt) + Math.floor(i / 7) * 11 + salt) % 101) - 50) / 64)

/** Kernels of a network with this one layer behind 784 pixels, wide enough for any of the reference. */
const kernelsFor = (parameterCount: number, units = 600) =>
  denseKernels(module, describeLayers([flatten(), dropout(0.5), dense(units)]), parameterCount)

function expectDigest(values: Float32Array, { shape, sum, stride, samples }: Digest, what: string) {
  expect(values).toHaveLength(shape.reduce((a, b) => a * b))
  const largest = Math.max(...samples.map(Math.abs))
  samples.forEach((sample, k) =>
    expect(Math.abs(values[k * stride]! - sample), `${what}, sample ${k}`).toBeLessThan(2e-6 * largest),
  )
  const total = values.reduce((s, value) => s + Math.abs(value), 0)
  expect(Math.abs(total / sum - 1), `sum of ${what}`).toBeLessThan(1e-5)
}

test.each(layers)('$n images through a layer of $inputs inputs and $outputs units, and back, as in NumPy', (expected) => {
  const { n, inputs, outputs } = expected
  const sizes = [inputs * outputs, outputs, inputs * outputs, outputs]
  const kernels = kernelsFor(sizes.reduce((a, b) => a + b))
  kernels.begin(n)
  let end = 0
  const [kernel, bias, ofKernel, ofBias] = sizes.map((size) => kernels.parameters().subarray(end, (end += size))) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  kernel.set(madeUp(2, kernel.length))
  bias.set(madeUp(3, bias.length))
  for (const gradient of [ofKernel, ofBias]) gradient.fill(NaN)
  tf.tidy(() => {
    const { output, backward } = kernels.dense(tf.tensor(madeUp(1, n * inputs), [n, inputs]), [kernel, bias], [ofKernel, ofBias])
    expectDigest(output.dataSync() as Float32Array, expected.output, 'the output')
    const { input } = backward(tf.tensor(madeUp(4, n * outputs), [n, outputs]), true)
    expectDigest(input!.dataSync() as Float32Array, expected.ofInput, 'the gradient of the input')
    expectDigest(ofKernel, expected.ofKernel, 'the gradient of the kernel')
    expectDigest(ofBias, expected.ofBias, 'the gradient of the bias')
    expect(kernel).toEqual(madeUp(2, kernel.length))
    expect(bias).toEqual(madeUp(3, bias.length))
  })
})

test('Adadelta moves a weight of constant gradient as Keras and TensorFlow do', () => {
  const { gradient, ratios } = reference.adadelta
  const kernels = kernelsFor(16)
  const [weight, gradients, ...slots] = [0, 4, 8, 12].map((from) => kernels.parameters().subarray(from, from + 4))
  // Three neighbours of another gradient, to see that each value of a vector has its own.
  gradients!.set([3, -2, gradient, 0])
  const update = kernels.adadelta({ kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 })
  ratios.forEach((ratio, i) => {
    const before = weight![2]!
    update({ weight: weight!, slots }, gradients!, 1, i + 1)
    expect((before - weight![2]!) / gradient).toBeCloseTo(ratio, 5)
  })
  expect(weight![0]).toBeLessThan(0)
  expect(weight![1]).toBeGreaterThan(0)
  expect(weight![3]).toBe(0)
})

test.each([
  { rate: 0.25, count: 131_072 },
  { rate: 0.5, count: 1000 },
  { rate: 0.1, count: 1 },
  { rate: 0.999, count: 4097 },
])('drops the same of $count activations at rate $rate as the other engines', ({ rate, count }) => {
  const kernels = kernelsFor(4)
  kernels.begin(Math.ceil(count / 784))
  for (const [seed, step, layer] of [
    [1, 1, 3],
    [4_000_000_000, 70_000, 6],
  ] as const) {
    const expected = dropoutMask(seed, step, layer, rate, count)
    const scale = Math.fround(1 / (1 - rate))
    expect(kernels.scaledMask(seed, step, layer, rate, count)).toEqual(Float32Array.from(expected, (kept) => kept * scale))
  }
})

test('the memory grows with the largest batch and no further, and keeps the parameters', () => {
  const kernels = kernelsFor(8)
  kernels.parameters().set([1, 2, 3, 4, 5, 6, 7, 8])
  const bytesAfter = (images: number) => {
    kernels.begin(images)
    return kernels.parameters().buffer.byteLength
  }
  const [small, large] = [bytesAfter(1), bytesAfter(128)]
  expect(large).toBeGreaterThan(small + 128 * 4 * (784 + 600))
  expect(large).toBeLessThan(small + 128 * 4 * (784 + 600 + 784) + 2 * 65536)
  for (const images of [1, 128, 96, 128]) expect(bytesAfter(images)).toBe(large)
  expect([...kernels.parameters()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})
