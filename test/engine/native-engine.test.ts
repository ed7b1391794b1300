import { expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { describeWithNative } from '../helpers/needs.ts'
import { expectNetworkFollowsKeras } from './reference.ts'
import { syntheticBatch } from './synthetic-batch.ts'

const adadelta = { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 } as const
const layersOf = (name: string) => experiments.find((e) => e.name === name)!.layers

describeWithNative('the native engine', () => {
  const engine = nativeEngine(findNative()!, 1)

  it.each(['cnn', 'fcnn', 'cnn-no-pooling'])('follows Keras on logits, loss, gradients and three steps of %s', (name) => {
    expectNetworkFollowsKeras(engine.createNetwork, name, { logits: 1e-5, loss: 1e-5, change: 2e-4 })
  })

  it('goes on from a written state as the network it was read from', () => {
    const options = { layers: layersOf('fcnn'), optimizer: adadelta, seed: 5 }
    const first = engine.createNetwork(options)
    first.trainStep(syntheticBatch(1, 6), 1, 1)
    const second = engine.createNetwork({ ...options, seed: 5 })
    second.writeState(first.readState())
    expect(second.trainStep(syntheticBatch(2, 6), 1, 2)).toEqual(first.trainStep(syntheticBatch(2, 6), 1, 2))
    expect(second.readState()).toEqual(first.readState())
    first.dispose()
    second.dispose()
  })

  it('leaves no tensor behind', () => {
    const network = engine.createNetwork({ layers: layersOf('cnn'), optimizer: adadelta, seed: 1 })
    const before = network.tensorCount()
    for (let step = 1; step <= 3; step++) network.trainStep(syntheticBatch(step, 6), 1, step)
    network.logits(syntheticBatch(1, 6).images)
    network.readState()
    expect(network.tensorCount()).toBe(before)
    network.dispose()
  })
})
