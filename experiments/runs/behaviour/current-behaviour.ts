import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { cacheFolder } from '../../cache-folder.ts'
import { experiments } from '../../catalogue.ts'
import { usableNative } from '../../engine/usable-native.ts'
import {
  behaviourFileSchema,
  behaviourId,
  compareBehaviour,
  distinctModels,
  type BehaviourFile,
} from '../../results/behaviour.ts'
import { DamagedResultError } from '../../results/read-results.ts'
import { sha256 } from '../../sha256.ts'
import { readBySchema } from '../../results/read-by-schema.ts'
import { writeAtomically } from '../../results/write-atomically.ts'
import { formatRecord } from '../../results/write-run.ts'
import { sourcesHash } from './sources-hash.ts'

const measuredSchema = z
  .record(z.string(), z.array(z.number()).min(1))
  .refine((parts) => Object.keys(parts).length > 0, 'there is no part')

/** A measurement that was kept; undefined where there is none, and where it is cut or something else: it is made again then. */
function readMeasured(file: string): Record<string, number[]> | undefined {
  try {
    return existsSync(file) ? measuredSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
  } catch {
    return undefined
  }
}

/**
 * How the code of this hash, which is the code now, behaves; measured (some seconds) when a source has changed since the last time, else
 * taken from the cache. Where the native engine is in place and not ruled out, what it does otherwise is added.
 */
async function measuredNow(sources: string): Promise<Record<string, number[]>> {
  const native = usableNative()
  const file = cacheFolder('behaviour', `${sha256(sources + (native ?? '')).slice(0, 20)}.json`)
  const kept = readMeasured(file)
  if (kept) return kept
  const { measureBehaviour } = await import('./measure-behaviour.ts') // with TensorFlow.js, which takes a while to load
  const measured = await measureBehaviour()
  if (native !== undefined) {
    const { nativeDifferences } = await import('./native-differences.ts')
    const differences = await nativeDifferences(native, distinctModels(experiments))
    for (const [part, numbers] of Object.entries(differences)) measured[part]!.push(...numbers)
  }
  try {
    // Code that was changed meanwhile is not that of the hash.
    if (sourcesHash() === sources) writeAtomically(file, JSON.stringify(measured))
  } catch {
    // Kept to save the seconds of another measurement: where it can't be, it is made again.
  }
  return measured
}

const behaviourPath = (resultsDir: string) => join(resultsDir, 'behaviour.json')

function readBehaviour(file: string): BehaviourFile {
  if (!existsSync(file)) return { schemaVersion: 1, parts: {} }
  const damaged = (why: string) => new DamagedResultError(`${file} is not a record of the code's behaviour: ${why}`)
  return readBySchema(() => JSON.parse(readFileSync(file, 'utf8')), behaviourFileSchema, damaged)
}

export interface CurrentBehaviour {
  /** By part. */
  ids: Record<string, string>
  /** Hash of the code that they were measured on. */
  sources: string
  /** Keeps the numbers behind them with the results. */
  store(): void
}

/**
 * The ids of how the code behaves now, by part: the stored one where the numbers agree, else a new one, so that records which carry
 * the stored id are stale.
 */
export async function currentBehaviour(resultsDir: string): Promise<CurrentBehaviour> {
  const file = behaviourPath(resultsDir)
  const { parts } = readBehaviour(file)
  const sources = sourcesHash()
  const now = await measuredNow(sources)
  const changed = new Set<string>(
    compareBehaviour(Object.fromEntries(Object.entries(parts).map(([name, { numbers }]) => [name, numbers])), now),
  )
  const entries = Object.entries(now).map(([name, numbers]) => {
    const known = changed.has(name) ? undefined : parts[name]
    return [name, known ?? { id: behaviourId(numbers), numbers }] as const
  })
  return {
    ids: Object.fromEntries(entries.map(([name, { id }]) => [name, id])),
    sources,
    store: () => {
      // Parts of models that this catalogue has not, or no longer, are kept for one that has them.
      const stored: BehaviourFile = { schemaVersion: 1, parts: { ...readBehaviour(file).parts, ...Object.fromEntries(entries) } }
      writeAtomically(file, formatRecord(stored))
    },
  }
}
