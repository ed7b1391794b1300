import { createHash } from 'node:crypto'
import { describe, expect, it, test, vi } from 'vitest'
import { experiments } from '../../../experiments/catalogue.ts'
import { findNative } from '../../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../../experiments/engine/native/native-engine.ts'
import { denseModuleBase64 } from '../../../experiments/engine/portable/dense-module.ts'
import { wasmEngine } from '../../../experiments/engine/portable/wasm-engine.ts'
import { wasmFolder } from '../../../experiments/engine/wasm-folder.ts'
import { initialWeights } from '../../../experiments/models/initial-weights.ts'
import { weightSpecs } from '../../../experiments/models/layers.ts'
import { describeWithNative } from '../../helpers/needs.ts'
import { expectNetworkFollowsKeras } from '../reference.ts'
import { syntheticBatch } from '../synthetic-batch.ts'

const models = ['cnn', 'fcnn', 'cnn-no-pooling']
const { createNetwork, ...engine } = await wasmEngine(wasmFolder())
const plain = await withoutRelaxedSimd()
const kinds = [
  { kind: 'the portable engine on WebAssembly', create: createNetwork, models },
  { kind: 'the portable engine on WebAssembly without relaxed SIMD', create: plain.createNetwork, models: ['cnn', 'fcnn'] },
]

/** By then tfjs has asked what it wants to know. */
async function withoutRelaxedSimd() {
  const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  const found = await wasmEngine(wasmFolder())
  expect(validate).toHaveBeenCalledOnce()
  validate.mockRestore()
  return found
}

const adadelta = { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 } as const
const layersOf = (name: string) => experiments.find((experiment) => experiment.name === name)!.layers

test('the portable engine on WebAssembly says what it is, whether it found relaxed SIMD, and by its hash with which module', () => {
  const hash = createHash('sha256').update(Buffer.from(denseModuleBase64, 'base64')).digest('hex').slice(0, 8)
  const version = `tfjs-core 4.22.0 on wasm with relaxed SIMD (module ${hash})`
  expect(engine).toEqual({ name: 'portable', version, tensorflow: null })
  expect(plain.version).toBe('tfjs-core 4.22.0 on wasm')
})

describe.each(kinds)('$kind', ({ create, models: some }) => {
  test.each(some)('trains the %s as Keras does, by every optimizer', (model) => {
    expectNetworkFollowsKeras(create, model, { logits: 1e-5, loss: 1e-5, change: 2e-4 })
  })
})

test('the same activations of the FCNN are dropped with and without relaxed SIMD, so that steps with dropout agree', () => {
  const [ours, theirs] = kinds.map(({ create }) => {
    const network = create({ layers: layersOf('fcnn'), optimizer: adadelta, seed: 4_000_000_000 })
    const losses = [1, 2, 100_000].map((step) => network.trainStep(syntheticBatch(step, 33), 1, step).loss)
    network.dispose()
    return losses
  })
  expect(theirs![2]).not.toBe(theirs![1])
  ours!.forEach((loss, i) => expect(Math.abs(loss / theirs![i]! - 1)).toBeLessThan(1e-5))
})

test('the portable engine on WebAssembly leaves no tensor behind, and its memory does not grow', () => {
  const network = createNetwork({ layers: layersOf('fcnn'), optimizer: adadelta, seed: 1 })
  const run = (steps: number[]) => steps.forEach((step) => network.trainStep(syntheticBatch(step, 64), 1, step))
  run([1, 2, 3])
  const [tensors, memory] = [network.tensorCount(), process.memoryUsage().external]
  run(Array.from({ length: 40 }, (_, i) => i + 4))
  network.logits(syntheticBatch(1, 300).images)
  expect(network.tensorCount()).toBe(tensors)
  // Forty steps' weights alone would be 200 MB.
  expect(process.memoryUsage().external - memory).toBeLessThan(100e6)
  network.dispose()
})

test('the portable engine on WebAssembly gives the logits of many images, however they are parted', () => {
  const network = createNetwork({ layers: layersOf('fcnn'), optimizer: adadelta, seed: 1 })
  const { images } = syntheticBatch(1, 300)
  const all = network.logits(images)
  expect(all).toHaveLength(3000)
  expect(all.subarray(2800)).toEqual(network.logits(images.subarray(280 * 784)))
  network.dispose()
})

const cases = kinds.flatMap(({ kind, create, models: some }) => some.map((name) => ({ kind, create, name })))

describeWithNative('the native engine', () => {
  it.each(cases)(
    'and $kind agree on logits and gradients of the $name within 1e-4, dropout off',
    ({ create: createPortable, name }) => {
      const options = {
        layers: layersOf(name),
        optimizer: { kind: 'sgd', rate: 1, momentum: 0 },
        seed: 3,
        dropout: false,
      } as const
      const batch = syntheticBatch(1, 128)
      const initial = initialWeights(options.layers, options.seed)
      const [portable, native] = [createPortable, nativeEngine(findNative()!, 1).createNetwork].map((create) => {
        const network = create(options)
        const logits = network.logits(batch.images)
        // Plain descent at rate 1 moves each weight by its gradient.
        network.trainStep(batch, 1, 1)
        const gradients = network.readState().weights.map((after, i) => after.map((value, j) => initial[i]![j]! - value))
        network.dispose()
        return { logits, gradients }
      })
      const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const difference = (a: Float32Array, b: Float32Array) => largest(a.map((value, i) => value - b[i]!))
      expect(largest(native!.logits)).toBeGreaterThan(0.1)
      expect(difference(portable!.logits, native!.logits)).toBeLessThan(1e-4)
      weightSpecs(options.layers).forEach((spec, i) => {
        const scale = Math.max(1e-3, largest(native!.gradients[i]!))
        const apart = difference(portable!.gradients[i]!, native!.gradients[i]!)
        expect(apart, `the gradients of ${spec.name} are apart by ${apart}`).toBeLessThan(1e-4 * scale)
      })
    },
  )
})
