import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { profileSchema } from './bench-profile.ts'
import { readBySchema } from './read-by-schema.ts'
import { DamagedResultError } from './read-results.ts'
import { writeAtomically } from './write-atomically.ts'
import { formatRecord } from './write-run.ts'

/** The units benchmarks measure in, and whether less of it is better. */
export const benchUnits = { ms: { lessIsBetter: true }, s: { lessIsBetter: true }, 'images/s': { lessIsBetter: false } } as const

/**
 * What is measured: a training step; predictions; augmented images; a short version of the suite of experiments; an epoch beside its
 * steps alone; the build of the site; a training step of the portable engine.
 */
const subjects = ['step', 'evaluation', 'augmentation', 'suite', 'epoch', 'site', 'portable-step'] as const

const measurementSchema = z.strictObject({
  of: z.enum(subjects),
  /** The model, by its experiment's name; null where several or none are meant. */
  experiment: z.string().nullable(),
  /** Processes side by side, and threads in each. */
  processes: z.int().positive(),
  threads: z.int().positive(),
  unit: z.enum(Object.keys(benchUnits) as [keyof typeof benchUnits, ...(keyof typeof benchUnits)[]]),
  /** The setting each peer was measured in: the fastest of those tried. */
  settings: z.record(z.string(), z.string()),
  /** One row a round, in which all took turns: values by what was measured (`ours`, a peer's name …). */
  rounds: z.array(z.record(z.string(), z.number().positive())).min(1),
})
export type BenchMeasurement = z.infer<typeof measurementSchema>

/** What every benchmark's record says of how it came about. */
const circumstances = {
  schemaVersion: z.literal(1),
  start: z.iso.datetime(),
  minutes: z.number().positive(),
  /** A trial with few rounds, for tests: its numbers mean nothing. */
  quick: z.boolean(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().positive(),
    memoryBytes: z.int().positive(),
    os: z.string(),
    node: z.string(),
    /** The mean number of processes that wanted to run in the minute before: near 0 on a quiet machine. */
    loadBefore: z.number().nonnegative(),
    commit: z.string().nullable(),
  }),
  /** What the images were: for the speed of a step it makes no difference. */
  dataset: z.enum(['kmnist', 'drawn-kana']).nullable(),
  /** Versions of what was measured, by name: `ours` and each peer. */
  versions: z.record(z.string(), z.string()),
}

export const benchRecordSchema = z.strictObject({
  ...circumstances,
  kind: z.enum(['speed', 'site', 'portable']),
  measurements: z.array(measurementSchema),
})
export type BenchRecord = z.infer<typeof benchRecordSchema>

/** Where the time of training steps goes. */
export const profileRecordSchema = z.strictObject({
  ...circumstances,
  kind: z.literal('profile'),
  profiles: z.array(profileSchema).min(1),
})
export type ProfileRecord = z.infer<typeof profileRecordSchema>

export type AnyBenchRecord = BenchRecord | ProfileRecord
const anyRecord = z.discriminatedUnion('kind', [benchRecordSchema, profileRecordSchema])

export const benchFolder = (resultsDir: string) => join(resultsDir, 'bench')

/**
 * Writes a record as `<date>.json` (of another kind: `<kind>-<date>.json`); a second one of the same day takes its place, but for a
 * trial, which is `<date>-quick.json`.
 */
export function writeBenchRecord(resultsDir: string, record: AnyBenchRecord): string {
  const day = record.start.slice(0, 10)
  const file = join(
    benchFolder(resultsDir),
    `${record.kind === 'speed' ? '' : `${record.kind}-`}${day}${record.quick ? '-quick' : ''}.json`,
  )
  writeAtomically(file, formatRecord(anyRecord.parse(record)))
  return file
}

/** All records, the oldest first, quick trials aside. Throws `DamagedResultError` naming the file. */
export function readBenchRecords(resultsDir: string): AnyBenchRecord[] {
  const folder = benchFolder(resultsDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readOne(join(folder, name)))
    .filter(({ quick }) => !quick)
    .sort((a, b) => a.start.localeCompare(b.start, 'en'))
}

function readOne(file: string): AnyBenchRecord {
  const damaged = (why: string) => new DamagedResultError(`${file} is not a record of a benchmark: ${why}`)
  return readBySchema(() => JSON.parse(readFileSync(file, 'utf8')), anyRecord, damaged)
}
