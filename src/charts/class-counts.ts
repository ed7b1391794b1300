import type { ChartOptions, ClassName } from './chart-options.ts'

export function classCounts(
  data: { classes: readonly ClassName[]; sets: readonly { name: string; counts: readonly number[] }[] },
  options: ChartOptions,
): string {
  throw new Error(`not drawn yet (${data.classes.length}, ${options.label})`)
}
