import { readBenchRecord, type BenchRecord, type ProfileRecord } from '../../experiments/results/bench-record.ts'
import { once } from './once.ts'
import type { SiteData } from './site-data.ts'

const benchmarks = new WeakMap<SiteData, Map<string, BenchRecord | undefined>>()
const profiles = new WeakMap<SiteData, Map<string, ProfileRecord | undefined>>()

/** The newest benchmark of a kind, read once: tables, sentences and downloads ask for it hundreds of times. Undefined where there is none. */
export const benchRecord = (data: SiteData, kind: BenchRecord['kind']): BenchRecord | undefined =>
  once(benchmarks, data, kind, () => readBenchRecord(data.resultsDir, kind))

/** The newest profile of training steps, as `benchRecord`. */
export const profileRecord = (data: SiteData): ProfileRecord | undefined =>
  once(profiles, data, 'profile', () => readBenchRecord(data.resultsDir, 'profile'))
