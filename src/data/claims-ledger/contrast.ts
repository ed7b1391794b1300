import { plannedContrasts } from '../../../experiments/catalogue.ts'
import { holm } from '../../../experiments/statistics/holm.ts'
import type { Interval } from '../../../experiments/statistics/interval.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import { signFlipP } from '../../../experiments/statistics/sign-flip.ts'
import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { compare } from '../compare.ts'
import { runMeasures, testAccuracy } from '../measures.ts'
import type { SiteData } from '../site-data.ts'
import { writeNumber } from '../write-number.ts'
import type { Effect } from './claim.ts'

/** Fewer seeds cannot reach p < .05 over four contrasts by flipping signs. */
const seedsForHolm = 8

/** How far apart two scores may be for a claim that they are close: a point, more than the draw of 10,000 test images moves such a difference by. */
export const margin = 0.01

/** The difference of two experiments in test accuracy. */
export interface Contrast {
  difference: number
  interval: Interval
  /** −1 or 1 where chance is a poor explanation of the difference, else 0. */
  clear: -1 | 0 | 1
  /** 1: of this trained pair; more: of the recipe. */
  seeds: number
  /** Of one pair: what runs of other seeds give, each beside the pair's other network. */
  others: number[]
}

/** The runs of an experiment in the protocol shown; none where the catalogue has no such experiment. */
export const runsOrNone = (data: SiteData, name: string): RunRecord[] =>
  data.experiments.find(({ experiment }) => experiment.name === name)?.runs ?? []

const pairsOf = (data: SiteData, a: string, b: string) => pairsOfSeed(runsOrNone(data, a), runsOrNone(data, b))

/** The sign-flip test of a planned contrast, over seeds. */
export interface PlannedTest {
  p: number
  /** By Holm's method, for the number of planned contrasts; one that has no eight seeds yet counts as one without effect. */
  adjusted: number
}

/** The test of a planned contrast, whichever of the two comes first; null for others, and while it has fewer than eight seeds. */
export function plannedTest(data: SiteData, a: string, b: string): PlannedTest | null {
  const place = plannedContrasts.findIndex((pair) => pair.includes(a) && pair.includes(b))
  const all = plannedContrasts.map((pair) => pairsOf(data, ...pair))
  if (place < 0 || all[place]!.length < seedsForHolm) return null
  const p = all.map((pairs) =>
    pairs.length < seedsForHolm ? 1 : signFlipP(pairs.map(([x, y]) => x.evaluation.test.accuracy - y.evaluation.test.accuracy)),
  )
  return { p: p[place]!, adjusted: holm(p)[place]! }
}

/**
 * A's test accuracy minus B's. One seed in common: McNemar's test of these two networks. Several: Student's t over the seeds, and from
 * eight on, for a planned contrast, Holm's correction of the sign-flip test as well. Null while there is no pair.
 */
export function contrast(data: SiteData, a: string, b: string): Contrast | null {
  if (runsOrNone(data, a).length === 0 || runsOrNone(data, b).length === 0) return null
  const found = compare(data, a, b)
  if (!found) return null
  const test = plannedTest(data, a, b)
  const distinguishable = found.distinguishable && (test === null || test.adjusted < 0.05)
  return {
    difference: found.difference,
    interval: found.interval,
    clear: distinguishable ? (found.difference > 0 ? 1 : -1) : 0,
    seeds: found.runs.length / 2,
    others: found.runs.length === 2 ? withOtherSeeds(data, a, b, found.runs as [RunRecord, RunRecord]) : [],
  }
}

/** A's test accuracy minus B's, where one of the two is another run than in this pair: protocols that split nothing by seed pair nothing by it. */
function withOtherSeeds(data: SiteData, a: string, b: string, [x, y]: readonly [RunRecord, RunRecord]): number[] {
  const others = (name: string, own: RunRecord) => runsOrNone(data, name).filter((run) => run !== own)
  return [
    ...others(a, x).map((run) => testAccuracy(run) - testAccuracy(y)),
    ...others(b, y).map((run) => testAccuracy(x) - testAccuracy(run)),
  ]
}

/** Surely further apart than the margin. */
export const apart = ({ interval }: Contrast): boolean => interval.low > margin || interval.high < -margin
/** Within the margin, and surely within twice the margin. */
export const close = ({ difference, interval }: Contrast): boolean =>
  Math.abs(difference) <= margin && interval.low >= -2 * margin && interval.high <= 2 * margin
/** Whether two recipes surely lie further apart than the margin, or in this order: not said of one pair of runs, where it is the stop that decides. */
export const surelyApart = (found: Contrast, sign: -1 | 1): boolean => found.seeds > 1 && (apart(found) || found.clear === sign)

/** A difference, over seeds, of any number that runs have. */
export interface Difference {
  mean: number
  /** Student's t over seeds; null for one. */
  interval: Interval | null
  /** −1 or 1: the sign, where the interval is on one side of zero; 0 of one pair of runs, which says nothing of chance. */
  clear: -1 | 0 | 1
  seeds: number
}

/** The side of zero that an interval lies on; 0 where it holds zero, and of one pair of runs, which has none. */
const sideOf = (interval: Interval | null): -1 | 0 | 1 =>
  interval === null ? 0 : interval.low > 0 ? 1 : interval.high < 0 ? -1 : 0

/** Differences, one a seed; null while there is none, or one is not known. */
export function differenceOf(values: readonly (number | null)[]): Difference | null {
  const known = values.filter((value) => value !== null)
  // A run that lacks it has diverged, or is past what is asked: to leave it out would favour the others.
  if (known.length === 0 || known.length < values.length) return null
  const { mean, interval, seeds } = pairedSeeds(known)
  return { mean, interval, clear: sideOf(interval), seeds }
}

/** A number of A's runs minus that of B's of the same seed, or minus a part of it; null while there is no pair, or a run lacks the number. */
export const difference = (
  data: SiteData,
  a: string,
  b: string,
  of: (run: RunRecord) => number | null,
  part = 1,
): Difference | null =>
  differenceOf(
    pairsOf(data, a, b).map((pair) => {
      const [x, y] = pair.map(of) as [number | null, number | null]
      return x === null || y === null ? null : x - part * y
    }),
  )

/**
 * A's loss of accuracy from training to test images minus B's. Of one pair of runs the interval is that of the test accuracies: the
 * training images are too many to add to it.
 */
export function gapDifference(data: SiteData, a: string, b: string): Difference | null {
  const found = difference(data, a, b, runMeasures.generalisationGap.ofRun)
  const test = found && !found.interval && contrast(data, a, b)
  if (!found || !test) return found
  const shift = found.mean + test.difference
  const interval = { low: shift - test.interval.high, high: shift - test.interval.low }
  return { ...found, interval, clear: sideOf(interval) }
}

/** What a number of several seeds need not say: that it is of one pair of runs, and its interval over test images. */
const ofOnePair = ({ seeds, interval, others = [] }: Omit<Difference, 'mean' | 'clear'> & Partial<Pick<Contrast, 'others'>>) =>
  seeds > 1
    ? []
    : [
        interval ? 'one pair, over test images' : 'one pair',
        ...(others.length ? [`with other seeds ${others.map((value) => writeNumber(value, 'points')).join(', ')}`] : []),
      ]

const effect = (label: string, value: number, kind: Effect['kind'], found: Contrast | Difference, ...notes: string[]): Effect => {
  const note = [...ofOnePair(found), ...notes].join('; ')
  return { label, value, kind, interval: found.interval, ...(note && { note }) }
}

/** A contrast as an effect, in points of accuracy; none while it was not run. */
export const contrastEffect = (label: string, found: Contrast | null, ...notes: string[]): Effect[] =>
  found ? [effect(label, found.difference, 'points', found, ...notes)] : []

/** A difference as an effect; none while it was not run. */
export const differenceEffect = (label: string, kind: Effect['kind'], found: Difference | null): Effect[] =>
  found ? [effect(label, found.mean, kind, found)] : []

/** An experiment's title; the name itself where the catalogue has no such experiment. */
export const titleOf = (data: SiteData, name: string): string =>
  data.experiments.find(({ experiment }) => experiment.name === name)?.experiment.title ?? name

/** Titles of experiments that have no runs in the data given. */
export const withoutRuns = (data: SiteData, ...names: string[]): string[] =>
  names.filter((name) => runsOrNone(data, name).length === 0).map((name) => titleOf(data, name))

/** Second seeds of experiments that have only one. */
export const withoutSecondSeed = (data: SiteData, ...names: string[]): string[] =>
  names.filter((name) => runsOrNone(data, name).length === 1).map((name) => `a second seed of the ${titleOf(data, name)}`)

/** What a claim about these experiments lacks that is judged over several seeds: runs of them, or second seeds. */
export const withoutSeveralSeeds = (data: SiteData, ...names: string[]): string[] => [
  ...withoutRuns(data, ...names),
  ...withoutSecondSeed(data, ...names),
]

/** The fewest seeds of those comparisons that there are; 0 where there is none. */
export function fewest(...found: ({ seeds: number } | null)[]): number {
  const known = found.flatMap((one) => one?.seeds ?? [])
  return known.length ? Math.min(...known) : 0
}

/** Whether all parts of a claim hold: it fails with one that does, and is open while one is. */
export const every = (parts: readonly (boolean | null)[]): boolean | null =>
  parts.includes(false) ? false : parts.includes(null) ? null : true
