import type { ChartOptions } from './chart-options.ts'
import type { Series } from './series.ts'

export interface GapRow {
  series: Series
  /** Accuracies with dropout off, 0…1; null while not run. */
  accuracy: { train: number; validation: number | null; test: number } | null
}

export function generalisationGap(rows: readonly GapRow[], options: ChartOptions): string {
  throw new Error(`not drawn yet (${rows.length}, ${options.label})`)
}
