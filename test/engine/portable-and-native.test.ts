import { expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { portableEngine } from '../../experiments/engine/portable/portable-engine.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { dense, dropout, flatten, weightSpecs, type Layer } from '../../experiments/models/layers.ts'
import { describeWithNative } from '../helpers/needs.ts'
import { syntheticBatch } from './synthetic-batch.ts'

const adadelta = { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 } as const

// Keras' numbers hold both engines to the same, dropout off (portable-engine.test.ts, native-engine.test.ts); here it is on.
describeWithNative('the native and the portable engine', () => {
  const layersOf = (name: string) => experiments.find((e) => e.name === name)!.layers
  it.each<[string, readonly Layer[]]>([
    ['fcnn', layersOf('fcnn')],
    ['cnn', layersOf('cnn')],
    ['model with dropout that follows no ReLU', [flatten(), dense(64), dropout(0.5), dense(10)]],
  ])('drop the same activations of the %s, so that steps with dropout agree', { timeout: 180_000 }, async (_, layers) => {
    const options = { layers, optimizer: adadelta, seed: 4_000_000_000 }
    const engines = [nativeEngine(findNative()!, 1), await portableEngine()]
    const [native, portable] = engines.map((engine) => {
      const network = engine.createNetwork(options)
      // An early and a late update; the second batch is smaller.
      const losses = [1, 100_000].map((step, k) => network.trainStep(syntheticBatch(k + 1, 3 - k), 1, step).loss)
      const { weights } = network.readState()
      network.dispose()
      return { losses, weights }
    })
    native!.losses.forEach((loss, k) => expect(Math.abs(loss / portable!.losses[k]! - 1)).toBeLessThan(1e-5))
    const initial = initialWeights(layers, options.seed)
    weightSpecs(layers).forEach((spec, i) => {
      let change = 0
      let difference = 0
      native!.weights[i]!.forEach((value, j) => {
        change += (value - initial[i]![j]!) ** 2
        difference += (value - portable!.weights[i]![j]!) ** 2
      })
      expect(Math.sqrt(difference / change), `relative difference of the changes of ${spec.name}`).toBeLessThan(1e-4)
    })
  })
})
