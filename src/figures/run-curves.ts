import type { RunRecord } from '../../experiments/results/schema.ts'
import type { LearningCurve, Metric } from '../charts/curve-marks.ts'
import { seriesOf } from '../charts/series.ts'
import type { CurveOf } from '../data/reproduction/published.ts'
import { rateFalls } from '../data/reproduction/rate-falls.ts'
import { measuredIn } from '../data/reproduction/reproduction.ts'

/** Validation and training of one run by epoch, the epochs at which its rate fell and the one kept. */
export function runCurve(run: RunRecord, metric: Metric): LearningCurve {
  const values = (of: CurveOf) => run.history.map((row) => ({ epoch: row.epoch, value: measuredIn(row)[metric][of] }))
  return {
    series: seriesOf(run.settings.experiment),
    training: values('training'),
    validation: values('validation'),
    rateFellAt: rateFalls(run),
    keptEpoch: run.scoredEpoch,
  }
}
