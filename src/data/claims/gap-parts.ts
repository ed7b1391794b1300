import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import { bothAugmented } from './both-augmented.ts'
import type { Holds } from '../holds.ts'
import { runMeasures } from '../measures.ts'
import { experimentData, type SiteData } from '../site-data.ts'

/**
 * Whether A surely loses less (−1) or more (1) than a part of what B does: the interval, over seeds, of A's loss minus that part of B's
 * lies on this side of zero (Fieller's condition on their ratio). Null while there is no pair, or a run lacks the number.
 */
function losesBeside(
  data: SiteData,
  a: string,
  b: string,
  loss: (run: RunRecord) => number | null,
  part: number,
  side: -1 | 1,
): Holds {
  const pairs = pairsOfSeed(experimentData(data, a).runs, experimentData(data, b).runs)
  const beside = pairs.flatMap(([one, other]) => {
    const [ours, theirs] = [loss(one), loss(other)]
    return ours === null || theirs === null ? [] : side * (ours - part * theirs)
  })
  if (beside.length === 0 || beside.length < pairs.length) return null
  const { interval } = pairedSeeds(beside)
  return interval !== null && interval.low > 0
}

/** Whether augmentation surely takes two thirds and more of what either network loses from training to validation images. */
export const narrowsToValidation = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => losesBeside(data, a, b, runMeasures.trainingGap.ofRun, 1 / 3, -1))

/** Whether it surely takes less than a quarter of what either loses from there to test images. */
export const littleFromThere = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => losesBeside(data, a, b, runMeasures.validationGap.ofRun, 3 / 4, 1))
