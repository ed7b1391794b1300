import type { Layer } from '../../experiments/models/layers.ts'
import type { ChartOptions } from './chart-options.ts'
import type { Series } from './series.ts'

export function parameterBars(models: readonly { series: Series; layers: readonly Layer[] }[], options: ChartOptions): string {
  throw new Error(`not drawn yet (${models.length}, ${options.label})`)
}
