import type { RunRecord } from '../../experiments/results/schema.ts'
import type { LearningCurve, Metric } from '../charts/curve-marks.ts'
import { seriesOf } from '../charts/series.ts'
import { rateFalls } from '../data/reproduction/rate-falls.ts'

/** Validation and training of one run by epoch, the epochs at which its rate fell and the one kept. */
export function runCurve(run: RunRecord, metric: Metric): LearningCurve {
  const values = (of: (row: RunRecord['history'][number]) => number | null) =>
    run.history.map((row) => ({ epoch: row.epoch, value: of(row) }))
  return {
    series: seriesOf(run.settings.experiment),
    training: values((row) => (metric === 'accuracy' ? row.accuracy : row.loss)),
    validation: values((row) => (metric === 'accuracy' ? row.valAccuracy : row.valLoss)),
    rateFellAt: rateFalls(run),
    keptEpoch: run.scoredEpoch,
  }
}
