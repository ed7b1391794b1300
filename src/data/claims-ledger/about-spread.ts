import { extent, mean } from 'd3-array'
import { createRandom } from '../../../experiments/random.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { accuracy } from '../../../experiments/statistics/accuracy.ts'
import { classRangeByChance } from '../../../experiments/statistics/class-range.ts'
import { classF1 } from '../../../experiments/statistics/f1.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import { once } from '../once.ts'
import { writePublished } from '../reproduction/published-measures.ts'
import type { SiteData } from '../site-data.ts'
import { writeNumber } from '../write-number.ts'
import type { Claim, Effect } from './claim.ts'
import {
  apart,
  close,
  contrast,
  contrastEffect,
  fewest,
  margin,
  runsOrNone,
  titleOf,
  withoutRuns,
  withoutSecondSeed,
} from './contrast.ts'

const five = ['cnn', 'fcnn', 'cnn-augmented', 'fcnn-augmented', 'cnn-no-pooling']

const rangeOf = (scores: readonly number[]): number => Math.max(...scores) - Math.min(...scores)

const ranges = new WeakMap<RunRecord, { range: number; most: number }>()

/** How far apart the best and the worst class of a run are, and how far the draw of images alone would put them at most. */
const classRange = (run: RunRecord) =>
  once(ranges, run, () => {
    const { confusion, images } = run.evaluation.test
    const perClass = Math.round(images / confusion.length)
    return {
      range: rangeOf(classF1(confusion)),
      most: classRangeByChance(accuracy(confusion), perClass, createRandom(run.seed, 'resampling'), 400).most,
    }
  })

const consistentClasses: Claim = {
  number: 1,
  short: 'F1 is consistent over the classes',
  claim: () => 'No class has a large advantage or disadvantage: F1 is consistent over the classes.',
  reading:
    'Holds where, in every run of all five experiments, the F1s of the best and the worst class lie no further apart than those of equally hard classes would in 19 of 20 draws of test images (the number in brackets). Fails where every run exceeds that, the CNN’s and the FCNN’s among them. What is tested is “consistent”; how much is “large” is a matter of scale.',
  printed: (published) => {
    const [least, most] = extent(Object.values(published.experiments), ({ classF1: scores }) => rangeOf(scores))
    return `In the original’s own Table 1 they lie ${writeNumber(least!, 'score')} to ${writeNumber(most!, 'score')} apart, beyond what chance gives too: its numbers stand, “consistent” does not.`
  },
  evidence: ['class-scores', 'all-scores', 'reproduced-classes'],
  judge: (data) => {
    const known = five
      .map((name) => ({ title: titleOf(data, name), of: runsOrNone(data, name).map(classRange) }))
      .filter(({ of }) => of.length > 0)
    const beyond = known.flatMap(({ of }) => of.map(({ range, most }) => range > most))
    const missing = withoutRuns(data, ...five)
    const both = withoutRuns(data, 'cnn', 'fcnn').length === 0
    const effects = known.map(({ title, of }): Effect => {
      const { mean: value, interval } = pairedSeeds(of.map(({ range }) => range))
      return {
        label: `${title}: best class minus worst`,
        value,
        kind: 'score',
        interval,
        note: `by chance up to ${writeNumber(
          mean(of, ({ most }) => most)!,
          'score',
        )}`,
      }
    })
    const holds = both && beyond.every(Boolean) ? false : missing.length === 0 && !beyond.some(Boolean) ? true : null
    return { holds, effects, missing, seeds: fewest(...known.map(({ of }) => ({ seeds: of.length }))) }
  },
}

/** The two experiments furthest apart in mean test accuracy. */
function extremes(data: SiteData) {
  const means = five
    .map((name) => ({ name, runs: runsOrNone(data, name) }))
    .filter(({ runs }) => runs.length > 0)
    .map(({ name, runs }) => ({ name, mean: runs.reduce((sum, run) => sum + run.evaluation.test.accuracy, 0) / runs.length }))
    .sort((a, b) => a.mean - b.mean)
  return means.length > 1 ? { worst: means[0]!.name, best: means.at(-1)!.name } : null
}

const littleDifference: Claim = {
  number: 2,
  short: 'The experiments differ little',
  claim: (published) =>
    `The five experiments differ little: the lowest macro F1 is ${writePublished(published, 'macroF1', 'cnn')} (CNN), the highest ${writePublished(published, 'macroF1', 'cnn-augmented')} (CNN, augmented).`,
  reading:
    'Holds where the best and the worst of all five lie within a point of test accuracy, and surely within two. Fails where those two are surely more than a point apart, over several seeds: where one run stops depends on noise. They are picked for lying furthest apart, which the interval does not allow for.',
  printed: ({ experiments }) => {
    const scores = Object.values(experiments).map(({ macroF1 }) => macroF1)
    return `The original’s own macro F1s span ${writeNumber(rangeOf(scores), 'score')}, more than our point: its numbers stand, and “little” is a matter of scale.`
  },
  evidence: ['finding', 'scores', 'reproduced-runs'],
  judge: (data) => {
    const ends = extremes(data)
    const found = ends && contrast(data, ends.best, ends.worst)
    const missing = withoutRuns(data, ...five)
    if (!found) return { holds: null, effects: [], missing, seeds: 0 }
    const several = found.seeds > 1
    const holds = apart(found) ? (several ? false : null) : missing.length === 0 && close(found) ? true : null
    const note = `${titleOf(data, ends.best)} over ${titleOf(data, ends.worst)}`
    return {
      holds,
      // No seed's luck of one run brings them within a point that surely lie more than two apart.
      excluded: found.interval.low > 2 * margin,
      effects: contrastEffect('Best experiment minus worst', found, note),
      missing: several ? missing : [...missing, ...withoutSecondSeed(data, ends.best, ends.worst)],
      seeds: found.seeds,
    }
  },
}

/** Claims about how far apart scores lie: those of the classes, and those of the experiments. */
export const spreadClaims: readonly Claim[] = [consistentClasses, littleDifference]
