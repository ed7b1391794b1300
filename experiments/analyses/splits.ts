import { z } from 'zod'
import { plannedRuns } from '../catalogue.ts'
import { kmnistId } from '../dataset/kmnist.ts'
import { stratifiedSplit } from '../dataset/split.ts'
import { sha256 } from '../sha256.ts'
import { datasetIdSchema } from '../results/schema.ts'
import type { Protocol } from '../training/protocol.ts'
import type { AnalysisKind } from './stored-analysis.ts'

const count = z.int().nonnegative()

const resultSchema = z.array(
  z.strictObject({
    seed: count,
    /** Of the indices as little-endian 32-bit integers. */
    sha256: z.string(),
    /** Indices of the validation images among the training images, ascending. */
    validation: z.array(count),
  }),
)
export type Splits = z.infer<typeof resultSchema>

const ofSchema = datasetIdSchema.pick({ trainLabels: true }).extend({ perClass: count, seeds: z.array(count) })
type OfSplits = z.infer<typeof ofSchema>

/** The data set's labels, and the seeds that a protocol's planned runs split them by. */
export function ofSplits({ name, validation }: Protocol): OfSplits {
  if (validation.from !== 'training') throw new Error(`the protocol ${name} takes no validation images from the training set`)
  const seeds = new Set(plannedRuns.filter(({ protocol }) => protocol === name).map(({ seed }) => seed))
  return { trainLabels: kmnistId.trainLabels, perClass: validation.perClass, seeds: [...seeds].sort((a, b) => a - b) }
}

/** Which images each seed sets aside for validation: for who would train on the same split with other code. */
export const splitsKind: AnalysisKind<OfSplits, Splits> = { name: 'splits', version: 1, of: ofSchema, result: resultSchema }

const checksumOf = (indices: Uint32Array) => sha256(new Uint8Array(indices.buffer))

/** @param labels of the training images */
export const listSplits = (labels: Uint8Array, { perClass, seeds }: Pick<OfSplits, 'perClass' | 'seeds'>): Splits =>
  seeds.map((seed) => {
    const { validation } = stratifiedSplit(labels, perClass, seed)
    return { seed, sha256: checksumOf(validation), validation: [...validation] }
  })

/** What is wrong with listed splits by their own checksums. */
export const wrongChecksums = (splits: Splits): string[] =>
  splits
    .filter((split) => checksumOf(Uint32Array.from(split.validation)) !== split.sha256)
    .map(({ seed }) => `the validation images of seed ${seed} are not those of their SHA-256`)
