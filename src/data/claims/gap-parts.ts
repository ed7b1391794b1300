import { mean } from 'd3-array'
import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { bothAugmented } from './both-augmented.ts'
import { difference } from '../claims-ledger/contrast.ts'
import type { Holds } from '../holds.ts'
import { runMeasures } from '../measures.ts'
import { experimentData, type SiteData } from '../site-data.ts'

/**
 * What A takes of a loss of accuracy of B's: the share, between means over the seeds of both, and whether it surely takes any; null while
 * there is no pair, or a run lacks the number.
 */
function taken(data: SiteData, a: string, b: string, loss: (run: RunRecord) => number | null) {
  const found = difference(data, a, b, loss)
  if (!found) return null
  const pairs = pairsOfSeed(experimentData(data, a).runs, experimentData(data, b).runs)
  return { share: -found.mean / mean(pairs, ([, plain]) => loss(plain)!)!, surely: found.clear < 0 }
}

/** Whether augmentation surely takes two thirds and more of what either network loses from training to validation images. */
export const narrowsToValidation = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => {
    const found = taken(data, a, b, runMeasures.trainingGap.ofRun)
    return found && found.surely && found.share > 2 / 3
  })

/** Whether it takes less than a fifth of what either loses from there to test images. */
export const littleFromThere = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => {
    const found = taken(data, a, b, runMeasures.validationGap.ofRun)
    return found && found.share < 0.2
  })
