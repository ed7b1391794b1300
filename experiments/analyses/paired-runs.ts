import { rmSync } from 'node:fs'
import { z } from 'zod'
import { plannedContrasts } from '../catalogue.ts'
import { createRandom } from '../random.ts'
import { pairsOfSeed } from '../results/pairs-of-seed.ts'
import { readPredictions } from '../results/read-results.ts'
import type { RunRecord } from '../results/schema.ts'
import { accuracy } from '../statistics/accuracy.ts'
import { mcnemar } from '../statistics/mcnemar.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import { twoLevelBootstrap } from '../statistics/two-level-bootstrap.ts'
import { analysisPath, judgeAnalysis, readAnalysis, writeAnalysis, type AnalysisKind } from './stored-analysis.ts'

const count = z.int().nonnegative()

const resultSchema = z.strictObject({
  /** McNemar's test of every two experiments that were run with the same seed, in the records' order. */
  pairs: z.array(
    z.strictObject({
      a: z.string(),
      b: z.string(),
      seed: count,
      test: z.strictObject({
        onlyA: count,
        onlyB: count,
        difference: z.number(),
        standardError: z.number(),
        p: z.number().min(0).max(1),
      }),
    }),
  ),
  /** How surely each planned contrast with several pairs of runs is known, when both seeds and test images are a sample. */
  recipes: z.array(
    z.strictObject({
      a: z.string(),
      b: z.string(),
      /** 95 % interval of the mean difference in test accuracy, by the two-level bootstrap. */
      interval: z.strictObject({ low: z.number(), high: z.number() }),
    }),
  ),
})
/** What is stored of a protocol's runs against each other. */
export type PairTests = z.infer<typeof resultSchema>

const ofSchema = z.strictObject({
  protocol: z.string(),
  testLabels: z.string(),
  contrasts: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  runs: z.array(z.strictObject({ experiment: z.string(), seed: count, predictions: z.string() })),
})
type OfPairs = z.infer<typeof ofSchema>

/** A protocol's runs tested against each other on the same test images. */
const pairedRunsKind: AnalysisKind<OfPairs, PairTests> = { name: 'paired-runs', version: 1, of: ofSchema, result: resultSchema }

export const pairedRunsPath = (resultsDir: string, protocol: string) => analysisPath(resultsDir, pairedRunsKind, protocol)

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

/** The runs of a protocol that can be tested against each other: with predictions of the same test images as the first. */
export function comparableRuns(protocol: string, all: readonly RunRecord[]): RunRecord[] {
  const kept = all.filter((record) => record.protocol === protocol && record.files.predictions)
  return kept.filter(({ dataset }) => dataset.testLabels === kept[0]!.dataset.testLabels)
}

/** What the tests of a protocol's runs are derived from; null where no two of them make a pair. */
function ofPairs(protocol: string, all: readonly RunRecord[]): OfPairs | null {
  const records = comparableRuns(protocol, all)
  if (pairsOfSeeds(records).length === 0) return null
  const runs = records.map(({ experiment, seed, files }) => ({ experiment, seed, predictions: files.predictions! }))
  return { protocol, testLabels: records[0]!.dataset.testLabels, contrasts: plannedContrasts, runs }
}

/** Whether the stored tests of a protocol are those of its runs as they are, and these; null where no two of its runs make a pair. */
export function judgePairedRuns(resultsDir: string, protocol: string, all: readonly RunRecord[]) {
  const of = ofPairs(protocol, all)
  return of && judgeAnalysis(pairedRunsKind, pairedRunsPath(resultsDir, protocol), of)
}

/** The stored tests of a protocol's runs, undefined where there are none of these very runs. Throws `DamagedResultError` naming the file. */
export function readPairedRuns(resultsDir: string, protocol: string, all: readonly RunRecord[]): PairTests | undefined {
  const of = ofPairs(protocol, all)
  return of ? readAnalysis(pairedRunsKind, pairedRunsPath(resultsDir, protocol), of) : undefined
}

/** Tests runs of one protocol against each other: those whose predictions are known and of as many images as there are labels. */
export function testPairedRuns(
  records: readonly RunRecord[],
  predictions: (record: RunRecord) => Uint8Array | undefined,
  labels: Uint8Array,
): PairTests {
  const known = records.flatMap((record) => {
    const predicted = predictions(record)
    return predicted?.length === labels.length ? [{ experiment: record.experiment, seed: record.seed, predicted }] : []
  })
  return {
    pairs: pairsOfSeeds(known).map(([a, b]) => ({
      a: a.experiment,
      b: b.experiment,
      seed: a.seed,
      test: mcnemar(labels, a.predicted, b.predicted),
    })),
    recipes: contrastsOfSeeds(known).map(({ a, b, pairs }) => ({
      a,
      b,
      interval: twoLevelBootstrap(
        labels,
        pairs.map(([first, second]) => ({ a: first.predicted, b: second.predicted })),
        accuracy,
        createRandom(1, 'resampling'),
      ),
    })),
  }
}

/**
 * Tests a protocol's runs against each other and stores the results, so that the site can compare runs on the same images where the
 * data set, and with it the true classes, is not at hand. Where there are none, there is no file.
 * @param labels true classes of the test images
 * @returns how many pairs there are
 */
export function storePairedRuns(resultsDir: string, protocol: string, all: readonly RunRecord[], labels: Uint8Array): number {
  const of = ofPairs(protocol, all)
  const file = pairedRunsPath(resultsDir, protocol)
  if (!of) {
    rmSync(file, { force: true })
    return 0
  }
  const predicted = (record: RunRecord) => {
    const logits = readPredictions(resultsDir, record)
    return logits && predictedClasses(logits)
  }
  const tests = testPairedRuns(comparableRuns(protocol, all), predicted, labels)
  writeAnalysis(pairedRunsKind, file, of, tests)
  return tests.pairs.length
}
