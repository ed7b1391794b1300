import type { ChartOptions, ClassName } from './chart-options.ts'

export function confusionMap(
  data: { classes: readonly ClassName[]; confusion: readonly (readonly number[])[] },
  options: ChartOptions,
): string {
  throw new Error(`not drawn yet (${data.classes.length}, ${options.label})`)
}
