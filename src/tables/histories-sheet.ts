import type { RunRecord } from '../../experiments/results/schema.ts'
import type { ExperimentData, SiteData } from '../data/site-data.ts'
import type { DataSheet } from './data-sheet.ts'

/** Every epoch of these runs, unrounded. */
export const historiesSheet = (runs: readonly RunRecord[]): DataSheet => ({
  columns: ['experiment', 'seed', 'epoch', 'loss', 'accuracy', 'validation loss', 'validation accuracy', 'learning rate'],
  rows: runs.flatMap(({ experiment, seed, history }) =>
    history.map((row) => [experiment, seed, row.epoch, row.loss, row.accuracy, row.valLoss, row.valAccuracy, row.learningRate]),
  ),
})

/** The same below the epochs that the original printed of these experiments. */
export function historiesWithPublished(
  { published: { seed } }: SiteData,
  experiments: readonly ExperimentData[],
  runs: readonly RunRecord[],
): DataSheet {
  const ours = historiesSheet(runs)
  const theirs = experiments.flatMap(({ experiment, published }) =>
    (published?.curve ?? []).map((row) => ['published', experiment.name, seed, ...row]),
  )
  return { columns: ['source', ...ours.columns], rows: [...theirs, ...ours.rows.map((row) => ['ours', ...row])] }
}
