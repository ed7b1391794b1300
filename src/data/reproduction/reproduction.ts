import { mainSeed } from '../../../experiments/catalogue.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { macroF1 } from '../../../experiments/statistics/f1.ts'
import type { Metric } from '../../charts/curve-marks.ts'
import { once } from '../once.ts'
import { printedPoints, type CurveOf, type PublishedExperiment } from './published.ts'
import type { ExperimentData, SiteData } from '../site-data.ts'
import { withProtocol } from '../with-protocol.ts'

/** Early epochs differ by seed: curves are held to each other from here on. */
export const comparedFrom = 20
/** What was expected before the first run ended: validation loss at equal epochs within this … */
export const lossTolerance = 0.05
/** … and the macro F1 of converged runs within this. */
export const scoreTolerance = 0.012

/** What a run measured in an epoch. */
export const measuredIn = ({
  loss,
  accuracy,
  valLoss,
  valAccuracy,
}: RunRecord['history'][number]): Record<Metric, Record<CurveOf, number | null>> => ({
  loss: { training: loss, validation: valLoss },
  accuracy: { training: accuracy, validation: valAccuracy },
})

interface Difference {
  epoch: number
  difference: number
}

/** A run of the original's protocol beside what the original printed. */
export interface Reproduction {
  one: ExperimentData
  run: RunRecord
  published: PublishedExperiment
  /** The largest differences of validation loss and accuracy (ours minus published) at printed epochs from `comparedFrom` on; null where none is common. */
  largest: Record<Metric, Difference | null>
  /** The same of training loss and accuracy, dropout on. */
  largestInTraining: Record<Metric, Difference | null>
  /** The last printed epoch that the run reached, and what both have there; null before the first. */
  lastCommon: { epoch: number; ours: number; printed: number; printedLoss: number } | null
  /** Of the macro F1 on the test set, ours minus published; null for a run that has not converged: it is compared at equal epochs only. */
  scoreDifference: number | null
}

/** The differences of a measure, ours minus printed, at epochs that both have, from `comparedFrom` on. */
function differencesOf(
  history: RunRecord['history'],
  curve: PublishedExperiment['curve'],
  metric: Metric,
  of: CurveOf = 'validation',
): Difference[] {
  const ours = new Map(history.map((row) => [row.epoch, measuredIn(row)[metric][of]]))
  return printedPoints(curve, metric, of).flatMap(({ epoch, value }) => {
    const mine = ours.get(epoch)
    return epoch < comparedFrom || typeof mine !== 'number' ? [] : [{ epoch, difference: mine - value }]
  })
}

/** The largest of those differences; null where no epoch is common. */
export const largestDifference = (...sides: Parameters<typeof differencesOf>): Difference | null =>
  differencesOf(...sides).reduce<Difference | null>(
    (largest, one) => (largest && Math.abs(largest.difference) >= Math.abs(one.difference) ? largest : one),
    null,
  )

/**
 * Whether a run's validation loss lies above the printed one at every common epoch, and comes down to it within this part of as many
 * epochs more, where the run went on so long; null where no epoch is common.
 */
export function lagsBehind({ run, published }: Reproduction, within: number): boolean | null {
  const differences = differencesOf(run.history, published.curve, 'loss')
  if (differences.length === 0) return null
  const losses = run.history.map(({ valLoss }) => valLoss ?? Infinity)
  const reached = (loss: number, by: number) => by > run.epochs || losses.slice(0, by).some((one) => one <= loss)
  const { curve } = published
  return (
    differences.every(({ difference }) => difference > 0) &&
    curve.every(([epoch, , , loss]) => epoch < comparedFrom || reached(loss, epoch * (1 + within)))
  )
}

/** The printed validation loss or accuracy at any epoch within the printed ones, by linear interpolation over the logarithm of the epoch. */
export function printedAt(curve: PublishedExperiment['curve'], epoch: number, metric: Metric): number | null {
  const after = curve.findIndex(([printed]) => printed >= epoch)
  if (after < 1) return null
  const at = ([printed, , , loss, accuracy]: PublishedExperiment['curve'][number]) =>
    [printed, { loss, accuracy }[metric]] as const
  const [[before, value], [next, nextValue]] = [at(curve[after - 1]!), at(curve[after]!)]
  return value + ((nextValue - value) * Math.log(epoch / before)) / Math.log(next / before)
}

/** Test accuracies, and the printed loss, at the last printed epoch that a run reached. */
function lastCommonEpoch(history: RunRecord['history'], curve: PublishedExperiment['curve']): Reproduction['lastCommon'] {
  const ours = new Map(history.map(({ epoch, valAccuracy }) => [epoch, valAccuracy]))
  const common = curve.flatMap(([epoch, , , printedLoss, printed]) => {
    const mine = ours.get(epoch)
    return mine === undefined ? [] : [{ epoch, ours: mine, printed, printedLoss }]
  })
  return common.at(-1) ?? null
}

const largestOf = ({ history }: RunRecord, { curve }: PublishedExperiment, of: CurveOf): Reproduction['largest'] => ({
  loss: largestDifference(history, curve, 'loss', of),
  accuracy: largestDifference(history, curve, 'accuracy', of),
})

const known = new WeakMap<SiteData, Reproduction[]>()

/** Every run of the original's protocol, in the catalogue's order, the original's own seed first. Compared once. */
export const reproductions = (data: SiteData): Reproduction[] => once(known, data, () => compared(data))

function compared(data: SiteData): Reproduction[] {
  const view = withProtocol(data, 'published')
  const first = mainSeed(view.protocol)
  return view.experiments.flatMap((one) => {
    const { published } = one
    if (!published) return []
    return one.runs
      .toSorted((a, b) => Number(b.seed === first) - Number(a.seed === first) || a.seed - b.seed)
      .map((run) => ({
        one,
        run,
        published,
        largest: largestOf(run, published, 'validation'),
        largestInTraining: largestOf(run, published, 'training'),
        lastCommon: lastCommonEpoch(run.history, published.curve),
        scoreDifference: run.status === 'converged' ? macroF1(run.evaluation.test.confusion) - published.macroF1 : null,
      }))
  })
}

/** Those of one experiment. */
export const reproductionsOf = (data: SiteData, name: string): Reproduction[] =>
  reproductions(data).filter(({ one }) => one.experiment.name === name)

/** Whether a run meets an expectation; null where it can't be said of this run. */
export const meetsLoss = ({ largest: { loss } }: Reproduction): boolean | null =>
  loss && Math.abs(loss.difference) <= lossTolerance
export const meetsScore = ({ scoreDifference }: Reproduction): boolean | null =>
  scoreDifference === null ? null : Math.abs(scoreDifference) <= scoreTolerance
