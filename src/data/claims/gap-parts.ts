import { bothAugmented } from './both-augmented.ts'
import { difference } from '../claims-ledger/contrast.ts'
import type { Holds } from '../holds.ts'
import { runMeasures } from '../measures.ts'
import type { SiteData } from '../site-data.ts'

/**
 * Whether augmentation surely takes two thirds and more of what either network loses from training to validation images: what is left
 * lies surely below a third of it (Fieller's condition on the ratio of the two).
 */
export const narrowsToValidation = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => {
    const found = difference(data, a, b, runMeasures.trainingGap.ofRun, 1 / 3)
    return found && found.clear < 0
  })

/** Whether it surely takes less than a quarter of what either loses from there to test images. */
export const littleFromThere = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => {
    const found = difference(data, a, b, runMeasures.validationGap.ofRun, 3 / 4)
    return found && found.clear > 0
  })
