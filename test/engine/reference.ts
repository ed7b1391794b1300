import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { z } from 'zod'
import { experiments } from '../../experiments/catalogue.ts'
import type { Network, NetworkOptions } from '../../experiments/engine/network.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { weightSpecs } from '../../experiments/models/layers.ts'
import { streams, type Stream } from '../../experiments/random.ts'
import { optimizerSchema, type Optimizer } from '../../experiments/training/protocol.ts'
import { syntheticBatch } from './synthetic-batch.ts'

/** What Keras makes of the same pictures, weights and steps: written by test/reference/engines.py, whose formulas are repeated here. */
const digestSchema = z.strictObject({ sum: z.number(), norm: z.number(), samples: z.array(z.number()).length(8) })
const summedSchema = z.strictObject({ loss: z.number(), correct: z.int() })
const modelReferenceSchema = z.strictObject({
  initial: z.array(digestSchema),
  /** Of the first step's batch, `[6, 10]`. */
  logits: z.array(z.number()).length(60),
  first: summedSchema,
  /** Of the mean loss of the first step's batch, for each weight. */
  gradients: z.array(digestSchema),
  /** Three steps, dropout off: the loss before each, and how far each weight has moved after them. */
  trained: z.array(
    z.strictObject({ optimizer: optimizerSchema, steps: z.array(summedSchema).length(3), changes: z.array(digestSchema) }),
  ),
})
const word = z.int().min(0).max(0xffffffff)
const referenceSchema = z.strictObject({
  versions: z.strictObject({ keras: z.string(), tensorflow: z.string() }),
  seed: z.int(),
  models: z.record(z.string(), modelReferenceSchema),
  adadelta: z.strictObject({ gradient: z.number(), ratios: z.array(z.number()) }),
  random: z.array(
    z.strictObject({
      seed: word,
      stream: z.enum(Object.keys(streams) as Stream[]),
      a: word,
      b: word,
      words: z.array(word),
    }),
  ),
  dropout: z.array(
    z.strictObject({
      seed: word,
      step: word,
      layer: word,
      rate: z.number(),
      count: z.int(),
      /** The first 64 activations, 1 where kept. */
      first: z.string(),
      kept: z.int(),
      /** The sum over kept activations of their position modulo 1009. */
      checksum: z.int(),
    }),
  ),
})
type Digest = z.infer<typeof digestSchema>

export const reference = referenceSchema.parse(
  JSON.parse(readFileSync(new URL('../reference/engines.json', import.meta.url), 'utf8')),
)

const batchSizes = [6, 6, 4]

export function digest(values: ArrayLike<number>): Digest {
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!
    squares += values[i]! ** 2
  }
  return {
    sum,
    norm: Math.sqrt(squares),
    samples: Array.from({ length: 8 }, (_, k) => values[(k * 104729 + 17) % values.length]!),
  }
}

export interface Tolerances {
  /** Of a logit, absolute. */
  logits: number
  /** Of a batch's summed loss, relative. */
  loss: number
  /** Of a weight tensor's change, relative to its norm (a sampled entry: to its root mean square or itself); rounding comes on top. */
  change: number
}

/**
 * Compares after − initial with Keras' change; each step rounds a float32 weight by up to 2⁻²⁴ of itself. Adam's is 6e-6 larger than
 * Keras', which holds 1 − 0.999 in float32 even where all else is float64.
 */
function expectChange(
  after: Float32Array,
  initial: Float32Array,
  expected: Digest,
  steps: number,
  tolerance: number,
  what: string,
) {
  const actual = digest(Float64Array.from(after, (v, i) => v - initial[i]!))
  const weights = digest(initial)
  const rounding = steps * 2 ** -24
  const within = tolerance * expected.norm + rounding * (weights.norm + expected.norm)
  expect(Math.abs(actual.norm - expected.norm), `norm of ${what}: ${actual.norm}, Keras ${expected.norm}`).toBeLessThanOrEqual(
    within,
  )
  // Where all entries move the same way (Adam), the sum is far larger than the norm.
  expect(Math.abs(actual.sum - expected.sum), `sum of ${what}: ${actual.sum}, Keras ${expected.sum}`).toBeLessThanOrEqual(
    within + tolerance * Math.abs(expected.sum),
  )
  const rms = expected.norm / Math.sqrt(initial.length)
  expected.samples.forEach((sample, k) => {
    const found = actual.samples[k]!
    const bound = tolerance * Math.max(rms, Math.abs(sample)) + 2 * rounding * (Math.abs(weights.samples[k]!) + Math.abs(sample))
    expect(Math.abs(found - sample), `sample ${k} of ${what}: ${found}, Keras ${sample}`).toBeLessThanOrEqual(bound)
  })
}

function expectSummed(actual: { loss: number; correct: number }, expected: { loss: number; correct: number }, relative: number) {
  expect(Math.abs(actual.loss - expected.loss), `loss ${actual.loss}, Keras ${expected.loss}`).toBeLessThanOrEqual(
    relative * expected.loss,
  )
  expect(actual.correct).toBe(expected.correct)
}

/**
 * Holds a network to Keras' numbers, dropout off: logits; loss and number right of the first step; gradients (by a step of plain
 * descent at rate 1); losses and weights over three steps of each optimizer in the reference.
 * @param optimizers leave out some to save time
 */
export function expectNetworkFollowsKeras(
  createNetwork: (options: NetworkOptions) => Network,
  modelName: string,
  tolerances: Tolerances,
  optimizers: (optimizer: Optimizer) => boolean = () => true,
): void {
  const expected = reference.models[modelName]!
  const { layers } = experiments.find((e) => e.name === modelName)!
  const names = weightSpecs(layers).map((spec) => spec.name)
  const initial = initialWeights(layers, reference.seed)
  expect(expected.initial).toHaveLength(initial.length)
  const withNetwork = (optimizer: Optimizer, use: (network: Network) => void) => {
    const network = createNetwork({ layers, optimizer, seed: reference.seed, dropout: false })
    try {
      use(network)
    } finally {
      network.dispose()
    }
  }
  const first = syntheticBatch(1, batchSizes[0]!)

  withNetwork({ kind: 'sgd', rate: 1, momentum: 0 }, (network) => {
    const logits = network.logits(first.images)
    expect(logits).toHaveLength(expected.logits.length)
    expected.logits.forEach((logit, i) =>
      expect(Math.abs(logits[i]! - logit), `logit ${i}: ${logits[i]}, Keras ${logit}`).toBeLessThanOrEqual(tolerances.logits),
    )
    expectSummed(network.trainStep(first, 1, 1), expected.first, tolerances.loss)
    network.readState().weights.forEach((after, i) => {
      const gradient = expected.gradients[i]!
      const change = { sum: -gradient.sum, norm: gradient.norm, samples: gradient.samples.map((s) => -s) }
      expectChange(after, initial[i]!, change, 1, tolerances.change, `the gradient of ${names[i]}`)
    })
  })

  const trained = expected.trained.filter(({ optimizer }) => optimizers(optimizer))
  expect(trained.length).toBeGreaterThan(0)
  for (const { optimizer, steps, changes } of trained)
    withNetwork(optimizer, (network) => {
      steps.forEach((step, k) =>
        expectSummed(network.trainStep(syntheticBatch(k + 1, batchSizes[k]!), optimizer.rate, k + 1), step, tolerances.loss),
      )
      const { weights } = network.readState()
      expect(weights).toHaveLength(changes.length)
      weights.forEach((after, i) =>
        expectChange(
          after,
          initial[i]!,
          changes[i]!,
          steps.length,
          tolerances.change,
          `the change of ${names[i]} by ${optimizer.kind} at ${optimizer.rate}`,
        ),
      )
    })
}
