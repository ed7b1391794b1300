import type { ChartOptions, ClassName } from './chart-options.ts'
import type { Series } from './series.ts'

export interface ClassScores {
  series: Series
  /** F1 of each class, in the classes' order; null while not run. */
  ours: readonly { f1: number; interval?: readonly [low: number, high: number] }[] | null
  published?: readonly number[]
}

export function classF1Chart(
  data: { classes: readonly ClassName[]; scores: readonly ClassScores[] },
  options: ChartOptions & { order?: readonly number[] },
): string {
  throw new Error(`not drawn yet (${data.classes.length}, ${options.label})`)
}
