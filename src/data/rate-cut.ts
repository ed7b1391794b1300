import { max, mean } from 'd3-array'
import { endedRuns } from './ended-runs.ts'
import type { Holds } from './holds.ts'
import { rateFalls } from './rate-falls.ts'
import { reproductions } from './reproduction.ts'
import type { SiteData } from './site-data.ts'

/** What a run under the original's protocol gained in test accuracy before and after its rate was first cut, as shares. */
interface RateCut {
  experiment: string
  /** Over the `gainEpochs` before the cut, between means of ten epochs. */
  before: number
  /** From the last epoch at the whole rate to the end. */
  after: number
  /** The last epoch above that of the lowest loss, and the best epoch above the last. */
  lastAboveLowest: number
  bestAboveLast: number
}

/** Epochs over which the gain before a cut is taken. */
export const gainEpochs = 100
/** Test accuracies move from epoch to epoch by more than they rise: so many are averaged. */
const averaged = 10

/** Of every run that ended by the rule, and whose rate was cut late enough to say what it gained before. */
export const rateCuts = (data: SiteData): RateCut[] =>
  reproductions(endedRuns(data)).flatMap(({ one, run }) => {
    const { history } = run
    const whole = rateFalls(run)[0]! - 1
    const accuracies = history.map(({ valAccuracy }) => valAccuracy)
    const upTo = (epoch: number) => mean(accuracies.slice(epoch - averaged, epoch))!
    if (!(whole >= gainEpochs + averaged)) return []
    const last = accuracies.at(-1)!
    const lowest = history.reduce((best, row) => ((row.valLoss ?? Infinity) < (best.valLoss ?? Infinity) ? row : best))
    return [
      {
        experiment: one.experiment.name,
        before: upTo(whole) - upTo(whole - gainEpochs),
        after: last - accuracies[whole - 1]!,
        lastAboveLowest: last - lowest.valAccuracy,
        bestAboveLast: max(accuracies)! - last,
      },
    ]
  })

const everyCut = (data: SiteData, holds: (cut: RateCut) => boolean): Holds => {
  const cuts = rateCuts(data)
  return cuts.length ? cuts.every(holds) : null
}

/** Whether every such run gained three tenths of a point or more before the cut, and changed by less than a tenth after it. */
export const cutEndsLearning = (data: SiteData): Holds =>
  everyCut(data, ({ before, after }) => before > 0.003 && Math.abs(after) < 0.001)

/** Whether every such run ends within a fifth of a point of its epoch of lowest loss, and of its best. */
export const lastNearBest = (data: SiteData): Holds =>
  everyCut(data, ({ lastAboveLowest, bestAboveLast }) => Math.abs(lastAboveLowest) < 0.002 && bestAboveLast < 0.002)
