import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { plannedContrasts } from '../catalogue.ts'
import { createRandom } from '../random.ts'
import type { Verdict } from '../results/freshness.ts'
import { DamagedResultError, readPredictions, readRunRecords } from '../results/read-results.ts'
import { pairsOfSeed } from '../results/pairs-of-seed.ts'
import type { RunRecord } from '../results/schema.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { formatRecord } from '../results/write-run.ts'
import { accuracy } from '../statistics/accuracy.ts'
import { mcnemar } from '../statistics/mcnemar.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import { twoLevelBootstrap } from '../statistics/two-level-bootstrap.ts'

const count = z.int().nonnegative()

/** McNemar's test of two runs of a protocol and seed, and whose predictions it is of. */
const pairedRunsSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  seed: count,
  /** SHA-256 of the prediction files: of other predictions this says nothing. */
  predictions: z.tuple([z.string(), z.string()]),
  test: z.strictObject({
    onlyA: count,
    onlyB: count,
    difference: z.number(),
    standardError: z.number(),
    p: z.number().min(0).max(1),
  }),
})
export type PairedRuns = z.infer<typeof pairedRunsSchema>

/** How surely a planned contrast is known, of the pairs of runs above, when both seeds and test images are a sample. */
const pairedRecipesSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  /** Of the pairs of runs, in the records' order. */
  predictions: z.array(z.tuple([z.string(), z.string()])).min(2),
  /** 95 % interval of the mean difference in test accuracy, by the two-level bootstrap. */
  interval: z.strictObject({ low: z.number(), high: z.number() }),
})
export type PairedRecipes = z.infer<typeof pairedRecipesSchema>

const testsSchema = z.strictObject({ pairs: z.array(pairedRunsSchema), recipes: z.array(pairedRecipesSchema) })
/** What is stored of a protocol's runs against each other. */
export type PairTests = z.infer<typeof testsSchema>

const fileSchema = z.strictObject({ schemaVersion: z.literal(2), protocol: z.string(), ...testsSchema.shape })

export const pairedRunsPath = (resultsDir: string, protocol: string) =>
  join(resultsDir, 'analyses', `paired-runs-${protocol}.json`)

/** The stored tests of a protocol's runs; none where there is no file. Throws `DamagedResultError` naming the file. */
export function readPairedRuns(resultsDir: string, protocol: string): PairTests {
  const file = pairedRunsPath(resultsDir, protocol)
  if (!existsSync(file)) return { pairs: [], recipes: [] }
  try {
    const { pairs, recipes } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { pairs, recipes }
  } catch (error) {
    throw new DamagedResultError(
      `${file} is not a file of paired runs (npm run experiments -- analyse makes it anew): ${(error as Error).message}`,
    )
  }
}

/** Every two runs with the same seed, in the order given. */
const pairsOfSeeds = <Run extends { seed: number }>(runs: readonly Run[]): [Run, Run][] =>
  runs.flatMap((run, i) => pairsOfSeed([run], runs.slice(i + 1)))

/** The planned contrasts that have several pairs of runs with the same seed, with these, in the order given. */
function contrastsOfSeeds<Run extends { experiment: string; seed: number }>(
  runs: readonly Run[],
): { a: string; b: string; pairs: [Run, Run][] }[] {
  const runsOf = (name: string) => runs.filter(({ experiment }) => experiment === name)
  return plannedContrasts
    .map(([a, b]) => ({ a, b, pairs: pairsOfSeed(runsOf(a), runsOf(b)) }))
    .filter(({ pairs }) => pairs.length > 1)
}

/** Whether the stored tests of a protocol are of its runs' predictions as they are; null where no two of its runs make a pair. */
export function judgePairedRuns(resultsDir: string, protocol: string, all: readonly RunRecord[]): Omit<Verdict, 'record'> | null {
  const records = all.filter((record) => record.protocol === protocol && record.files.predictions)
  const pairs = pairsOfSeeds(records)
  if (pairs.length === 0) return null
  if (!existsSync(pairedRunsPath(resultsDir, protocol))) return { verdict: 'missing', reasons: ['it has not been made'] }
  try {
    const stored = readPairedRuns(resultsDir, protocol)
    const predictions = (found: typeof pairs) => found.map((pair) => pair.map(({ files }) => files.predictions))
    return isDeepStrictEqual(
      [stored.pairs.map((test) => test.predictions), stored.recipes.map(({ a, b, predictions: own }) => [a, b, own])],
      [predictions(pairs), contrastsOfSeeds(records).map((one) => [one.a, one.b, predictions(one.pairs)])],
    )
      ? { verdict: 'fresh', reasons: [] }
      : { verdict: 'stale', reasons: ['it was made of other predictions'] }
  } catch (error) {
    if (!(error instanceof DamagedResultError)) throw error
    return { verdict: 'damaged', reasons: [error.message] }
  }
}

/**
 * McNemar's test of every two experiments that were run with the same seed, in the records' order; and the two-level interval of each
 * planned contrast with several pairs of runs.
 */
export function testPairedRuns(
  records: readonly RunRecord[],
  predictions: (record: RunRecord) => Uint8Array | undefined,
  labels: Uint8Array,
): PairTests {
  const known = records.flatMap((record) => {
    const predicted = predictions(record)
    return predicted?.length === labels.length && record.files.predictions
      ? [{ experiment: record.experiment, seed: record.seed, predicted, sha256: record.files.predictions }]
      : []
  })
  const pairs = pairsOfSeeds(known).map(([a, b]): PairedRuns => ({
    a: a.experiment,
    b: b.experiment,
    seed: a.seed,
    predictions: [a.sha256, b.sha256],
    test: mcnemar(labels, a.predicted, b.predicted),
  }))
  const recipes = contrastsOfSeeds(known).map((one): PairedRecipes => {
    const predicted = one.pairs.map(([a, b]) => ({ a: a.predicted, b: b.predicted }))
    return {
      a: one.a,
      b: one.b,
      predictions: one.pairs.map(([a, b]) => [a.sha256, b.sha256]),
      interval: twoLevelBootstrap(labels, predicted, accuracy, createRandom(1, 'resampling')),
    }
  })
  return { pairs, recipes }
}

/**
 * Tests a protocol's runs against each other and stores the results, so that the site can compare runs on the same images where the
 * data set, and with it the true classes, is not at hand. Where there are none, there is no file.
 * @param labels true classes of the test images
 * @returns how many pairs there are
 */
export function storePairedRuns(resultsDir: string, protocol: string, labels: Uint8Array): number {
  const records = readRunRecords(resultsDir).filter((record) => record.protocol === protocol)
  const predicted = (record: RunRecord) => {
    const logits = readPredictions(resultsDir, record)
    return logits && predictedClasses(logits)
  }
  const tests = testPairedRuns(records, predicted, labels)
  const file = pairedRunsPath(resultsDir, protocol)
  if (tests.pairs.length) writeAtomically(file, formatRecord({ schemaVersion: 2, protocol, ...tests }))
  else rmSync(file, { force: true })
  return tests.pairs.length
}
