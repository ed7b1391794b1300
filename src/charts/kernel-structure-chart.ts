import type { ChartOptions } from './chart-options.ts'
import type { Series } from './series.ts'

/** Shares of a kernel's energy, as `experiments/statistics/kernel-structure.ts` gives them. */
export interface KernelShares {
  mean: number
  edgeX: number
  edgeY: number
  blur: number
  rest: number
}

export function kernelStructureChart(
  data: { series: Series; trained: readonly KernelShares[]; untrained: readonly KernelShares[] },
  options: ChartOptions,
): string {
  throw new Error(`not drawn yet (${data.trained.length}, ${options.label})`)
}
