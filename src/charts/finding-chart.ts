import type { ChartOptions } from './chart-options.ts'
import type { Series } from './series.ts'

export interface FindingRow {
  series: Series
  /** The original's score; null where it has none. */
  published: number | null
  /** Ours; null while not run. `seeds`: one score a run. */
  ours: { mean: number; interval: readonly [low: number, high: number] | null; seeds: readonly number[] } | null
}

export function findingChart(rows: readonly FindingRow[], options: ChartOptions): string {
  throw new Error(`finding chart not drawn yet (${rows.length}, ${options.label})`)
}
