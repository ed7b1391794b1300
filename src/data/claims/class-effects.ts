import { classes } from '../../../experiments/dataset/kmnist.ts'
import { classF1 } from '../../../experiments/statistics/f1.ts'
import { bothAugmented } from './both-augmented.ts'
import { difference } from '../claims-ledger/contrast.ts'
import { all, type Holds } from '../holds.ts'
import { frequentMistakes, meanClassF1 } from '../picks.ts'
import type { SiteData } from '../site-data.ts'

/** Of each class, whether A's F1 lies surely above B's, by Student's t over seeds, uncorrected; null while there is no pair of runs. */
function surelyAbove(data: SiteData, a: string, b: string): boolean[] | null {
  const found = classes.map(({ index }) => difference(data, a, b, ({ evaluation }) => classF1(evaluation.test.confusion)[index]!))
  return found[0] ? found.map((one) => one!.clear > 0) : null
}

export const aheadInEveryClass = (data: SiteData, a: string, b: string): Holds => surelyAbove(data, a, b)?.every(Boolean) ?? null

/** Whether augmentation surely helps seven classes or more of either network. */
export const helpsMostClasses = (data: SiteData): Holds =>
  bothAugmented(data, (_, a, b) => {
    const helped = surelyAbove(data, a, b)
    return helped && helped.filter(Boolean).length >= 7
  })

/** Whether it surely helps neither network with the class as which the CNN's commonest mistake is read. */
export function helpsNotReadInto(data: SiteData): Holds {
  const [commonest] = frequentMistakes(data, 'cnn') ?? []
  if (!commonest) return null
  return bothAugmented(data, (_, a, b) => {
    const helped = surelyAbove(data, a, b)
    return helped && !helped[commonest.predicted.index]
  })
}

/** Whether every network of ours reads every class better than the original's, by mean F1; null while one was not run. */
export const everyClassAbovePublished = (data: SiteData): Holds =>
  all(
    data.experiments.map((one) => {
      const [ours, theirs] = [meanClassF1(one), one.published?.classF1]
      if (!theirs) return true
      return ours && theirs.every((f1, index) => ours[index]! > f1)
    }),
  )
