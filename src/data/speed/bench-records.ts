import {
  readBenchRecords,
  type AnyBenchRecord,
  type BenchRecord,
  type ProfileRecord,
} from '../../../experiments/results/bench-record.ts'
import { once } from '../once.ts'
import type { SiteData } from '../site-data.ts'

/** What stands where a benchmark is missing. */
export const notMeasured = 'not measured yet'

const records = new WeakMap<SiteData, AnyBenchRecord[]>()

/** Every benchmark, the oldest first, read once: tables, sentences and downloads ask for them hundreds of times. */
const benchmarks = (data: SiteData): AnyBenchRecord[] => once(records, data, () => readBenchRecords(data.resultsDir))

/** The newest benchmark of a kind; undefined where there is none. */
export const benchRecord = (data: SiteData, kind: BenchRecord['kind']): BenchRecord | undefined =>
  benchmarks(data).findLast((record): record is BenchRecord => record.kind === kind)

/** The newest profile of training steps, as `benchRecord`. */
export const profileRecord = (data: SiteData): ProfileRecord | undefined =>
  benchmarks(data).findLast((record): record is ProfileRecord => record.kind === 'profile')

/** The newest benchmark of the training on each processor, the newest first. */
export function speedByProcessor(data: SiteData): BenchRecord[] {
  const speeds = benchmarks(data).filter((record): record is BenchRecord => record.kind === 'speed')
  // Of each processor the last one stays.
  const newest = new Map(speeds.map((record) => [record.machine.cpu, record]))
  return [...newest.values()].sort((a, b) => b.start.localeCompare(a.start, 'en'))
}
