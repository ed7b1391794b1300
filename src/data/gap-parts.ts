import { mean } from 'd3-array'
import { pairsOfSeed } from '../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { difference } from './claims-ledger/contrast.ts'
import { all, type Holds } from './holds.ts'
import { runMeasures } from './measures.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** The networks that were trained with augmentation and without. */
const networks = ['cnn', 'fcnn'] as const

/**
 * What augmentation takes of a loss of accuracy: the share, between means over the seeds of both, and whether it surely takes any; null
 * while there is no pair, or a run lacks the number.
 */
function taken(data: SiteData, name: string, loss: (run: RunRecord) => number | null) {
  const found = difference(data, `${name}-augmented`, name, loss)
  if (!found) return null
  const pairs = pairsOfSeed(experimentData(data, `${name}-augmented`).runs, experimentData(data, name).runs)
  return { share: -found.mean / mean(pairs, ([, plain]) => loss(plain)!)!, surely: found.clear < 0 }
}

const forBoth = (
  data: SiteData,
  loss: (run: RunRecord) => number | null,
  holds: (found: NonNullable<ReturnType<typeof taken>>) => boolean,
): Holds =>
  all(
    networks.map((name) => {
      const found = taken(data, name, loss)
      return found && holds(found)
    }),
  )

/** Whether augmentation surely takes two thirds and more of what either network loses from training to validation images. */
export const narrowsToValidation = (data: SiteData): Holds =>
  forBoth(data, runMeasures.trainingGap.ofRun, ({ share, surely }) => surely && share > 2 / 3)

/** Whether it takes less than a fifth of what either loses from there to test images. */
export const littleFromThere = (data: SiteData): Holds =>
  forBoth(data, runMeasures.validationGap.ofRun, ({ share }) => share < 0.2)
