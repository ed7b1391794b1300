import type { ChartOptions } from './chart-options.ts'

export function signedScaleBar(limit: number, options: ChartOptions & { title: string }): string {
  throw new Error(`not drawn yet (${limit}, ${options.label})`)
}
