import { mean } from 'd3-array'
import { endedRuns } from '../ended-runs.ts'
import { all, type Holds } from '../holds.ts'
import { rateFalls } from './rate-falls.ts'
import { reproductions } from './reproduction.ts'
import type { SiteData } from '../site-data.ts'

/** What a run under the original's protocol gained in test accuracy before and after its rate was first cut, as shares. */
interface RateCut {
  experiment: string
  /** Over the `gainEpochs` before the cut, between means of ten epochs; null where it came too soon to say. */
  before: number | null
  /** From the last epoch at the whole rate to the end. */
  after: number
  /** Epochs after the cut. */
  afterEpochs: number
}

/** Epochs over which the gain before a cut is taken. */
export const gainEpochs = 100
/** Test accuracies move from epoch to epoch by more than they rise: so many are averaged. */
const averaged = 10
/** Fewer epochs after a cut do not show what it did. */
const enough = 25

/** Whether the training loss that the original prints was still falling in each of its runs when the rule first cut the rate. */
export const printedStillFalling = ({ published }: SiteData): boolean =>
  Object.values(published.experiments).every(({ curve, rateFellAt }) => {
    const [before, last] = curve.filter(([epoch]) => epoch < rateFellAt[0]!).slice(-2)
    return before !== undefined && last !== undefined && last[1] < before[1]
  })

/** Of every run that ended by the rule, and whose rate was cut. */
export const rateCuts = (data: SiteData): RateCut[] =>
  reproductions(endedRuns(data)).flatMap(({ one, run }) => {
    const [cut] = rateFalls(run)
    if (cut === undefined) return []
    const whole = cut - 1
    const accuracies = run.history.map(({ valAccuracy }) => valAccuracy)
    const upTo = (epoch: number) => mean(accuracies.slice(epoch - averaged, epoch))!
    return {
      experiment: one.experiment.name,
      before: whole < gainEpochs + averaged ? null : upTo(whole) - upTo(whole - gainEpochs),
      after: accuracies.at(-1)! - accuracies[whole - 1]!,
      afterEpochs: run.epochs - whole,
    }
  })

/**
 * Whether every such run gained three tenths of a point or more before the cut, and those that went on for a while less than a fifth of what
 * that pace would have given; null while none went on.
 */
export function cutEndsLearning(data: SiteData): Holds {
  const cuts = rateCuts(data)
  const slower = (before: number, { after, afterEpochs }: RateCut) =>
    afterEpochs < enough || Math.abs(after) < (0.2 * before * afterEpochs) / gainEpochs
  if (!cuts.some(({ afterEpochs }) => afterEpochs >= enough)) return null
  return all(cuts.map((cut) => (cut.before === null ? null : cut.before > 0.003 && slower(cut.before, cut))))
}
