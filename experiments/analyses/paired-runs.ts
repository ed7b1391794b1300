import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Verdict } from '../results/freshness.ts'
import { DamagedResultError, readPredictions, readRunRecords } from '../results/read-results.ts'
import type { RunRecord } from '../results/schema.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { formatRecord } from '../results/write-run.ts'
import { mcnemar } from '../statistics/mcnemar.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'

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

const fileSchema = z.strictObject({ schemaVersion: z.literal(1), protocol: z.string(), pairs: z.array(pairedRunsSchema) })

export const pairedRunsPath = (resultsDir: string, protocol: string) =>
  join(resultsDir, 'analyses', `paired-runs-${protocol}.json`)

/** The stored tests of a protocol's runs; none where there is no file. Throws `DamagedResultError` naming the file. */
export function readPairedRuns(resultsDir: string, protocol: string): PairedRuns[] {
  const file = pairedRunsPath(resultsDir, protocol)
  if (!existsSync(file)) return []
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).pairs
  } catch (error) {
    throw new DamagedResultError(`${file} is not a file of paired runs: ${(error as Error).message}`)
  }
}

/** Every two runs with the same seed, in the order given. */
const pairsOfSeeds = <Run extends { record: RunRecord }>(runs: readonly Run[]): [Run, Run][] =>
  runs.flatMap((a, i) =>
    runs
      .slice(i + 1)
      .filter((b) => b.record.seed === a.record.seed)
      .map((b): [Run, Run] => [a, b]),
  )

/** Whether the stored tests of a protocol are of its runs' predictions as they are; null where no two of its runs make a pair. */
export function judgePairedRuns(resultsDir: string, protocol: string, all: readonly RunRecord[]): Omit<Verdict, 'record'> | null {
  const records = all.filter((record) => record.protocol === protocol && record.files.predictions)
  const pairs = pairsOfSeeds(records.map((record) => ({ record })))
  if (pairs.length === 0) return null
  if (!existsSync(pairedRunsPath(resultsDir, protocol))) return { verdict: 'missing', reasons: ['it has not been made'] }
  try {
    const stored = readPairedRuns(resultsDir, protocol)
    const isOf = (test: PairedRuns, i: number) =>
      pairs[i]!.every(({ record }, side) => record.files.predictions === test.predictions[side])
    return stored.length === pairs.length && stored.every(isOf)
      ? { verdict: 'fresh', reasons: [] }
      : { verdict: 'stale', reasons: ['it was made of other predictions'] }
  } catch (error) {
    if (!(error instanceof DamagedResultError)) throw error
    return { verdict: 'damaged', reasons: [error.message] }
  }
}

/** McNemar's test of every two experiments that were run with the same seed, in the records' order. */
export function testPairedRuns(
  records: readonly RunRecord[],
  predictions: (record: RunRecord) => Uint8Array | undefined,
  labels: Uint8Array,
): PairedRuns[] {
  const known = records.flatMap((record) => {
    const predicted = predictions(record)
    return predicted?.length === labels.length && record.files.predictions
      ? [{ record, predicted, sha256: record.files.predictions }]
      : []
  })
  return pairsOfSeeds(known).map(([a, b]) => ({
    a: a.record.experiment,
    b: b.record.experiment,
    seed: a.record.seed,
    predictions: [a.sha256, b.sha256],
    test: mcnemar(labels, a.predicted, b.predicted),
  }))
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
  const pairs = testPairedRuns(records, predicted, labels)
  const file = pairedRunsPath(resultsDir, protocol)
  if (pairs.length) writeAtomically(file, formatRecord({ schemaVersion: 1, protocol, pairs }))
  else rmSync(file, { force: true })
  return pairs.length
}
