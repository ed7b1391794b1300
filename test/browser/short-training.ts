import { experiments } from '../../experiments/catalogue.ts'
import type { Engine } from '../../experiments/engine/network.ts'
import { syntheticBatch } from '../engine/synthetic-batch.ts'

export const models = ['cnn', 'fcnn', 'cnn-no-pooling']

/**
 * A few steps of training on one batch of 16 images, dropout on: for comparing what an engine does in Node and in a browser, where this
 * file runs too.
 * @returns the mean loss before each step, and the logits of the same images afterwards
 */
export function shortTraining(engine: Engine, model: string): { losses: number[]; logits: number[] } {
  const { layers } = experiments.find(({ name }) => name === model)!
  const optimizer = { kind: 'adam', rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const
  const network = engine.createNetwork({ layers, optimizer, seed: 1 })
  const batch = syntheticBatch(1, 16)
  const losses = Array.from({ length: 6 }, (_, i) => network.trainStep(batch, optimizer.rate, i + 1).loss / batch.labels.length)
  const logits = [...network.logits(batch.images)]
  network.dispose()
  return { losses, logits }
}
