import { mean } from 'd3-array'
import { classes, type CharacterClass } from '../../experiments/dataset/kmnist.ts'
import { createRandom } from '../../experiments/random.ts'
import { classF1Intervals } from '../../experiments/statistics/class-f1-interval.ts'
import { classF1 } from '../../experiments/statistics/f1.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { seedInterval } from '../../experiments/statistics/seed-interval.ts'
import { measured } from './measured.ts'
import { writeNumber } from './write-number.ts'
import { experimentData, type ExperimentData, type SiteData } from './site-data.ts'

/**
 * The confusion matrix of an experiment, the mean over its seeds, so that experiments with different numbers of them compare; null while
 * not run.
 */
export function meanConfusion({ runs }: ExperimentData): number[][] | null {
  if (runs.length === 0) return null
  return classes.map((_, i) => classes.map((__, j) => mean(runs, (run) => run.evaluation.test.confusion[i]![j]!)!))
}

/** Class F1s of an experiment: the mean over its seeds; null while not run. */
export function meanClassF1({ runs }: ExperimentData): number[] | null {
  if (runs.length === 0) return null
  const each = runs.map((run) => classF1(run.evaluation.test.confusion))
  return classes.map((_, i) => mean(each, (f1) => f1[i]!)!)
}

/** 95 % intervals of an experiment's class F1s: over seeds where it has several, else over test images; null while not run. */
export function classF1IntervalsOf({ runs }: ExperimentData): Interval[] | null {
  const [first, ...others] = runs
  if (!first) return null
  if (others.length === 0) return classF1Intervals(first.evaluation.test.confusion, createRandom(first.seed, 'resampling'))
  const each = runs.map((run) => classF1(run.evaluation.test.confusion))
  return classes.map((_, i) => seedInterval(each.map((f1) => f1[i]!))!)
}

/** The class an experiment recognises worst, by F1. */
export function hardestClass(data: SiteData, experimentName: string): CharacterClass | null {
  const f1 = meanClassF1(experimentData(data, experimentName))
  return f1 && classes[f1.indexOf(Math.min(...f1))]!
}

export interface Mistake {
  truth: CharacterClass
  predicted: CharacterClass
  /** Images, the mean over seeds. */
  count: number
  /** Of the images of the true class. */
  share: number
}

/** An experiment's confusions of one class with another, the most frequent first; null while not run. */
export function frequentMistakes(data: SiteData, experimentName: string): Mistake[] | null {
  const confusion = meanConfusion(experimentData(data, experimentName))
  return confusion && mistakesIn(confusion)
}

/** The cells of a confusion matrix off its diagonal that hold images, the fullest first. */
export const mistakesIn = (confusion: readonly (readonly number[])[]): Mistake[] =>
  confusion
    .flatMap((row, i) => {
      const images = row.reduce((a, b) => a + b, 0)
      return row.map((count, j) => ({ truth: classes[i]!, predicted: classes[j]!, count, share: images ? count / images : 0 }))
    })
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || a.truth.index - b.truth.index || a.predicted.index - b.predicted.index)

/**
 * The lowest and highest macro F1 of a group of experiments, ours or, of those that have them, published: ".925 to .957"; null while one
 * is not run.
 */
export function scoreRange(data: SiteData, group: 'plain' | 'augmented' | 'all', published: boolean): string | null {
  const inGroup = data.experiments.filter(
    ({ experiment, published: theirs }) =>
      (group === 'all' || experiment.augmented === (group === 'augmented')) && (theirs ?? !published),
  )
  const values = inGroup.map(({ experiment, published: theirs }) =>
    published ? theirs?.macroF1 : measured(data, 'macroF1', experiment.name)?.value,
  )
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0 || known.length < values.length) return null
  return `${writeNumber(Math.min(...known), 'score')} to ${writeNumber(Math.max(...known), 'score')}`
}
