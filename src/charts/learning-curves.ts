import type { ChartOptions } from './chart-options.ts'
import type { Series } from './series.ts'

export interface LearningCurve {
  series: Series
  /** Epochs from 1, with the value of each; null where it was not finite. */
  validation: readonly { epoch: number; value: number | null }[]
  training?: readonly { epoch: number; value: number | null }[]
  /** The original's validation values. */
  published?: readonly { epoch: number; value: number }[]
  /** Epochs from which the learning rate was a tenth. */
  rateFellAt?: readonly number[]
  /** The epoch whose weights were kept. */
  keptEpoch?: number
}

export interface LearningCurvesOptions extends ChartOptions {
  metric: 'accuracy' | 'loss'
  /** `together` on one pair of axes, or `apart`: a panel an experiment, the same axes in all. */
  layout: 'together' | 'apart'
  logEpochs?: boolean
  /** The values shown; the data's extent if absent. Values outside are cut off at the frame. */
  domain?: readonly [low: number, high: number]
}

export function learningCurves(curves: readonly LearningCurve[], options: LearningCurvesOptions): string {
  throw new Error(`not drawn yet (${curves.length}, ${options.label})`)
}
