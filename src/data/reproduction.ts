import { mainSeed } from '../../experiments/catalogue.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import type { PublishedExperiment } from './published.ts'
import type { ExperimentData, SiteData } from './site-data.ts'
import { withProtocol } from './with-protocol.ts'

/** Early epochs differ by seed: curves are held to each other from here on. */
export const comparedFrom = 20
/** What was expected before any run: validation loss at equal epochs within this … */
export const lossTolerance = 0.05
/** … and the macro F1 of converged runs within this. */
export const scoreTolerance = 0.012

/** A run of the original's protocol beside what the original printed. */
export interface Reproduction {
  one: ExperimentData
  run: RunRecord
  published: PublishedExperiment
  /** The largest difference of validation loss (ours minus published) at a printed epoch from `comparedFrom` on; null where none is common. */
  largest: { epoch: number; difference: number } | null
  /** The last printed epoch that the run reached, and what both have there; null before the first. */
  lastCommon: { epoch: number; ours: number; printed: number; printedLoss: number } | null
  /** Of the macro F1 on the test set, ours minus published; null for a run that has not converged: it is compared at equal epochs only. */
  scoreDifference: number | null
}

/** The largest difference of validation loss at epochs that both have. */
export function largestLossDifference(
  history: RunRecord['history'],
  curve: PublishedExperiment['curve'],
): Reproduction['largest'] {
  const ours = new Map(history.map(({ epoch, valLoss }) => [epoch, valLoss]))
  const differences = curve.flatMap(([epoch, , , valLoss]) => {
    const mine = ours.get(epoch)
    return epoch < comparedFrom || typeof mine !== 'number' ? [] : [{ epoch, difference: mine - valLoss }]
  })
  return differences.reduce<Reproduction['largest']>(
    (largest, one) => (largest && Math.abs(largest.difference) >= Math.abs(one.difference) ? largest : one),
    null,
  )
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

/** Every run of the original's protocol, in the catalogue's order, the original's own seed first. */
export function reproductions(data: SiteData): Reproduction[] {
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
        largest: largestLossDifference(run.history, published.curve),
        lastCommon: lastCommonEpoch(run.history, published.curve),
        scoreDifference: run.status === 'converged' ? macroF1(run.evaluation.test.confusion) - published.macroF1 : null,
      }))
  })
}

/** Whether a run meets an expectation; null where it can't be said of this run. */
export const meetsLoss = ({ largest }: Reproduction): boolean | null => largest && Math.abs(largest.difference) <= lossTolerance
export const meetsScore = ({ scoreDifference }: Reproduction): boolean | null =>
  scoreDifference === null ? null : Math.abs(scoreDifference) <= scoreTolerance
