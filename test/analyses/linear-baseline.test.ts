import { expect, test } from 'vitest'
import { linearBaseline } from '../../experiments/analyses/linear-baseline.ts'
import { protocols } from '../../experiments/catalogue.ts'
import type { Engine } from '../../experiments/engine/network.ts'
import { portableEngine } from '../../experiments/engine/portable/portable-engine.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'
import keras from '../reference/linear-baseline.json' with { type: 'json' }
import { noisyPictures } from './noisy-pictures.ts'

const corrected = protocols.find(({ name }) => name === 'corrected')!
/** Whole batches, so that their order is of no account; without rules, so that every epoch is one of Keras’. */
const wholeBatches: Protocol = {
  ...corrected,
  batchSize: 60,
  maxEpochs: keras.epochs,
  plateau: null,
  stopping: null,
}
const portable = await portableEngine()
/** The portable engine, its networks starting from the weights of the formula that the reference starts from. */
const engine: Engine = {
  ...portable,
  createNetwork: (options) => {
    const network = portable.createNetwork(options)
    const kernel = Float32Array.from({ length: 7840 }, (_, k) => (((k * 7919) % 1009) / 1009) * 0.1 - 0.05)
    network.writeState({ ...network.readState(), weights: [kernel, new Float32Array(10)] })
    return network
  },
}

test('trains a softmax regression as Keras does, and keeps the weights of its best validation epoch', async () => {
  // Neither end: the reference would not tell the best epoch from the first or the last.
  expect(keras.bestEpoch).toBeGreaterThan(1)
  expect(keras.bestEpoch).toBeLessThan(keras.epochs)
  const validation = noisyPictures(1060, 40)
  const network = await linearBaseline({ training: noisyPictures(0, 60), validation, test: validation }, engine, wholeBatches, 1)
  const logits = network.logits(validation.images)
  network.dispose()
  const furthest = Math.max(...keras.bestLogits.map((value, i) => Math.abs(logits[i]! - value)))
  expect(furthest).toBeLessThan(1e-4)
})
