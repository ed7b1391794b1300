import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { describeMisfit } from '../results/describe-misfit.ts'
import type { Verdict } from '../results/freshness.ts'
import { DamagedResultError, runLabel } from '../results/read-results.ts'
import { sha256 } from '../sha256.ts'
import { datasetIdSchema, type RunRecord } from '../results/schema.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { formatRecord } from '../results/write-run.ts'

/** A kind of analysis: what its results look like, and which computation they come from. */
export interface AnalysisKind<Of, Result> {
  /** As its files begin: `shifts`. */
  name: string
  /** To be raised whenever the computation gives other numbers: results of an older version are stale. */
  version: number
  /** What a result is derived from, by checksums: of anything else it says nothing. */
  of: z.ZodType<Of>
  result: z.ZodType<Result>
}

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/** The key of an analysis of one run's weights on the test images. */
export const ofWeightsSchema = z.strictObject({
  experiment: z.string(),
  protocol: z.string(),
  seed: z.int().nonnegative(),
  weights: sha256Schema,
  testImages: sha256Schema,
  testLabels: sha256Schema,
})
export type OfWeights = z.infer<typeof ofWeightsSchema>

/** The key of an analysis of the data set alone. */
export const ofDatasetSchema = datasetIdSchema

/** What an analysis of this run's weights is derived from; null where the run keeps none. */
export function ofWeights({ experiment, protocol, seed, files, dataset }: RunRecord): OfWeights | null {
  const { testImages, testLabels } = dataset
  return files.weights ? { experiment, protocol, seed, weights: files.weights, testImages, testLabels } : null
}

/** `corrected-cnn-seed-1`: what tells a run's analyses from another's. */
export const runSuffix = (run: { protocol: string; experiment: string; seed: number }) => runLabel(run).replaceAll('/', '-')

/** `analyses/shifts-corrected-cnn-seed-1.json`; without a suffix for what there is one of. */
export const analysisPath = (resultsDir: string, kind: { name: string }, suffix?: string): string =>
  join(resultsDir, 'analyses', `${[kind.name, suffix].filter(Boolean).join('-')}.json`)

const fileSchema = <Of, Result>(kind: AnalysisKind<Of, Result>) =>
  z.strictObject({
    schemaVersion: z.literal(1),
    analysis: z.literal(kind.name),
    version: z.int().positive(),
    of: kind.of,
    /** SHA-256 of the result as JSON: a number that was changed since shows. */
    checksum: sha256Schema,
    result: kind.result,
  })

const checksumOf = (result: unknown): string => sha256(JSON.stringify(result))

/** What a file holds; of another version's the version alone. Throws `DamagedResultError` naming the file. */
function readFile<Of, Result>(kind: AnalysisKind<Of, Result>, file: string) {
  const damaged = (why: string) => new DamagedResultError(`${file} is not an analysis of ${kind.name}: ${why}`)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw damaged((error as Error).message)
  }
  // Before the rest: another version's may look otherwise.
  const made = z.object({ analysis: z.literal(kind.name), version: z.int().positive() }).safeParse(value)
  if (made.success && made.data.version !== kind.version) return made.data.version
  const parsed = fileSchema(kind).safeParse(value)
  if (parsed.success) {
    const { checksum } = parsed.data
    // Of the file as it stands: a schema may put keys in another order.
    const found = checksumOf((value as { result: unknown }).result)
    if (checksum === found) return parsed.data
    throw damaged(`at result: it was changed since it was made: its SHA-256 is ${found}, the file says ${checksum}`)
  }
  throw damaged(describeMisfit(parsed.error, value))
}

/** Whether a stored analysis is what making it now would give. */
export function judgeAnalysis<Of, Result>(
  kind: AnalysisKind<Of, Result>,
  file: string,
  of: Of,
): Omit<Verdict, 'record'> & { result?: Result } {
  if (!existsSync(file)) return { verdict: 'missing', reasons: ['it has not been made'] }
  try {
    const stored = readFile(kind, file)
    if (typeof stored === 'number')
      return { verdict: 'stale', reasons: [`it was made by version ${stored} of the analysis, now ${kind.version}`] }
    const reasons = Object.entries(of as object)
      .filter(([key, value]) => !isDeepStrictEqual((stored.of as Record<string, unknown>)[key], value))
      .map(([key]) => `it was made of other ${key}`)
    return reasons.length ? { verdict: 'stale', reasons } : { verdict: 'fresh', reasons, result: stored.result }
  } catch (error) {
    if (error instanceof DamagedResultError) return { verdict: 'damaged', reasons: [error.message] }
    throw error
  }
}

/**
 * The stored result of an analysis, or undefined where there is none of these very inputs and this version.
 * Throws `DamagedResultError` naming the file.
 */
export function readAnalysis<Of, Result>(kind: AnalysisKind<Of, Result>, file: string, of: Of): Result | undefined {
  const { verdict, reasons, result } = judgeAnalysis(kind, file, of)
  if (verdict === 'damaged') throw new DamagedResultError(reasons[0])
  return result
}

/** Stores a result. @throws where it breaks its own schema: nothing is written then */
export function writeAnalysis<Of, Result>(kind: AnalysisKind<Of, Result>, file: string, of: Of, result: Result): void {
  const { name: analysis, version } = kind
  const kept = kind.result.parse(result)
  const stored = { schemaVersion: 1, analysis, version, of, checksum: checksumOf(kept), result: kept }
  writeAtomically(file, formatRecord(fileSchema(kind).parse(stored)))
}
