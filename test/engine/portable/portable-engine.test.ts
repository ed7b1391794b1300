import { describe, expect, test, vi } from 'vitest'
import { portableEngine } from '../../../experiments/engine/portable/portable-engine.ts'
import type { Optimizer } from '../../../experiments/training/protocol.ts'
import { conv2d, dense, dropout, flatten, maxPool, relu } from '../../../experiments/models/layers.ts'
import { expectNetworkFollowsKeras } from '../reference.ts'
import { syntheticBatch } from '../synthetic-batch.ts'

const { createNetwork, ...engine } = await portableEngine()

const adadelta: Optimizer = { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 }
const small = [conv2d(3, 3), relu(), maxPool(2), dropout(0.25), flatten(), dense(12), relu(), dropout(0.5), dense(10)]
const optimizers: Optimizer[] = [
  adadelta,
  { kind: 'sgd', rate: 0.05, momentum: 0.9 },
  { kind: 'adam', rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
]

describe('the portable engine', () => {
  test('says what it is', () => {
    expect(engine).toEqual({ name: 'portable', version: 'tfjs-core 4.22.0 on cpu', tensorflow: null })
  })

  test.each(['fcnn', 'cnn', 'cnn-no-pooling'])('trains the %s as Keras does', { timeout: 180_000 }, (model) => {
    // Every optimizer with the quickest model, the study's with the others.
    const ofInterest = (o: Optimizer) => model === 'fcnn' || (o.kind === 'adadelta' && o.rate === 1)
    expectNetworkFollowsKeras(createNetwork, model, { logits: 1e-6, loss: 1e-5, change: 2e-5 }, ofInterest)
  })

  test('leaves no tensor behind', () => {
    const network = createNetwork({ layers: small, optimizer: adadelta, seed: 1 })
    const before = network.tensorCount()
    for (const step of [1, 2, 3]) {
      network.trainStep(syntheticBatch(step, 7 - step), 1, step)
      network.logits(syntheticBatch(step, 2).images)
      network.writeState(network.readState())
    }
    expect(network.tensorCount()).toBe(before)
    network.dispose()
  })

  test.each(optimizers)('goes on with the same numbers from a state read out: $kind', (optimizer) => {
    const first = createNetwork({ layers: small, optimizer, seed: 1 })
    first.trainStep(syntheticBatch(1, 6), optimizer.rate, 1)
    const state = first.readState()
    const copy = structuredClone(state)
    // The weights are overwritten, but the dropout masks are the seed's.
    const second = createNetwork({ layers: small, optimizer, seed: 1 })
    second.writeState(state)
    expect(second.readState()).toEqual(copy)
    for (const network of [first, second]) network.trainStep(syntheticBatch(2, 6), optimizer.rate, 2)
    expect(second.readState()).toEqual(first.readState())
    expect(second.readState()).not.toEqual(copy)
    expect(state, 'a state read out does not change with the network').toEqual(copy)
    first.dispose()
    second.dispose()
  })

  test('takes grey levels as floats as it takes bytes', () => {
    const network = createNetwork({ layers: small, optimizer: adadelta, seed: 1 })
    const { images } = syntheticBatch(1, 3)
    expect(network.logits(Float32Array.from(images))).toEqual(network.logits(images))
    network.dispose()
  })

  test('drops activations while training, others at each step, and none for logits', () => {
    const after = (step: number, on: boolean) => {
      const network = createNetwork({ layers: small, optimizer: adadelta, seed: 1, dropout: on })
      const logits = network.logits(syntheticBatch(1, 3).images)
      const { loss } = network.trainStep(syntheticBatch(1, 3), 1, step)
      network.dispose()
      return { logits, loss }
    }
    expect(after(1, true).logits).toEqual(after(1, false).logits)
    expect(after(1, true).loss).not.toBe(after(1, false).loss)
    expect(after(1, true).loss).not.toBe(after(2, true).loss)
    expect(after(1, true).loss).toBe(after(1, true).loss)
  })

  test('lets half the activations through at twice their value where the rate is one half', () => {
    const layers = [flatten(), dropout(0.5), dense(10)]
    const network = createNetwork({ layers, optimizer: { kind: 'sgd', rate: 1, momentum: 0 }, seed: 1 })
    const zero = network.readState()
    for (const array of zero.weights) array.fill(0)
    network.writeState(zero)
    // A weight's gradient is the activation below it times the gradient of the bias, and a white picture's pixels are all 1.
    network.trainStep({ images: new Uint8Array(784).fill(255), labels: Uint8Array.of(3) }, 1, 1)
    const [kernel, bias] = network.readState().weights as [Float32Array, Float32Array]
    const through = Array.from({ length: 784 }, (_, pixel) => kernel[pixel * 10 + 3]! / bias[3]!)
    expect(new Set(through)).toEqual(new Set([0, 2]))
    // 392 expected, standard deviation 14.
    expect(Math.abs(through.filter((value) => value === 2).length - 392)).toBeLessThan(4 * 14)
    network.dispose()
  })

  test('refuses a state of another model, saying how it differs', () => {
    const network = createNetwork({ layers: small, optimizer: adadelta, seed: 1 })
    const state = network.readState()
    expect(() => network.writeState({ ...state, weights: state.weights.slice(1) })).toThrow(
      'this network has 6 weights, but the state to write has 5',
    )
    const other = [new Float32Array(9), ...state.weights.slice(1)]
    expect(() => network.writeState({ ...state, weights: other })).toThrow('number 0 of the weights to write has 9 values')
    expect(network.readState()).toEqual(state)
    network.dispose()
  })

  test('is silent', async () => {
    const warn = vi.spyOn(console, 'warn')
    const log = vi.spyOn(console, 'log')
    createNetwork({ layers: small, optimizer: adadelta, seed: 1 }).dispose()
    expect(warn).not.toHaveBeenCalled()
    expect(log).not.toHaveBeenCalled()
  })
})
