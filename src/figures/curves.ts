import { learningCurves, type LearningCurve } from '../charts/learning-curves.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../data/claims.ts'
import { experimentData, type ExperimentData, type SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import type { TableData } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

type Metric = 'accuracy' | 'loss'

/** Epochs whose rate is lower than that of the epoch before. */
const rateFalls = (run: RunRecord): number[] =>
  run.history.flatMap(({ epoch, learningRate }, i) => (i > 0 && learningRate < run.history[i - 1]!.learningRate ? [epoch] : []))

function curveOf({ series, runs }: ExperimentData, metric: Metric): LearningCurve | null {
  const run = runs[0]
  if (!run) return null
  const values = (of: (row: RunRecord['history'][number]) => number | null) =>
    run.history.map((row) => ({ epoch: row.epoch, value: of(row) }))
  return {
    series,
    training: values((row) => (metric === 'accuracy' ? row.accuracy : row.loss)),
    validation: values((row) => (metric === 'accuracy' ? row.valAccuracy : row.valLoss)),
    rateFellAt: rateFalls(run),
    keptEpoch: run.scoredEpoch,
  }
}

function ending({ experiment, runs }: ExperimentData) {
  const run = runs[0]
  if (!run) return [experiment.title, null, null, null, null]
  const kept = run.history[run.scoredEpoch - 1]!
  return [
    experiment.title,
    writeNumber(run.epochs, 'count'),
    writeNumber(run.scoredEpoch, 'count'),
    writeNumber(kept.valAccuracy, 'percent'),
    rateFalls(run).join(', ') || 'never',
  ]
}

/** Names, for a subtitle, what is missing from the panels. */
function notRun(shown: readonly ExperimentData[]): string {
  const missing = shown.filter(({ runs }) => runs.length === 0).map(({ experiment }) => experiment.title)
  return missing.length ? `. Not run yet: ${missing.join('; ')}` : ''
}

/** How the runs of these experiments ended. */
const endings = (shown: readonly ExperimentData[]): TableData => ({
  columns: [
    { label: 'Experiment' },
    { label: 'Last epoch', numeric: true },
    { label: 'Epoch kept', numeric: true },
    { label: 'Its validation accuracy', numeric: true },
    { label: 'Rate cut to a tenth from epoch', numeric: true },
  ],
  rows: shown.map(ending),
})

function curvesFigure(shown: readonly ExperimentData[], metric: Metric, title: string, domain?: [number, number]) {
  const curves = shown.flatMap((one) => curveOf(one, metric) ?? [])
  if (curves.length === 0) return null
  const seed = shown.flatMap(({ runs }) => runs)[0]!.seed
  return {
    title,
    subtitle: `${metric === 'accuracy' ? 'Accuracy' : 'Loss'} by epoch, seed ${seed}: validation, and thinner training with dropout on${notRun(shown)}`,
    alt: `${title}. The table below the chart says where each run ended.`,
    chart: (options: { label: string; width?: number }) =>
      learningCurves(curves, { ...options, metric, ...(domain ? { domain } : {}) }),
    table: endings(shown),
  }
}

const epochRange = (data: SiteData) => {
  const epochs = data.experiments.flatMap(({ runs }) => runs.slice(0, 1).map((run) => run.scoredEpoch))
  return `${Math.min(...epochs)} to ${Math.max(...epochs)}`
}

/** Accuracy by epoch of every experiment, a panel each. */
export const accuracyCurves: FigureMaker = (data) =>
  curvesFigure(data.experiments, 'accuracy', `The best epoch comes after ${epochRange(data)} epochs`, [0.9, 1])

/** Says that training loss goes on falling after the lowest validation loss, if it does in every run. */
function lossTitle(data: SiteData): string {
  const runs = data.experiments.flatMap((one) => one.runs.slice(0, 1))
  const lowest = runs.map(({ history }) =>
    history.reduce((best, row) => ((row.valLoss ?? Infinity) < (best.valLoss ?? Infinity) ? row : best)),
  )
  const fallsOn = runs.every(({ history }, i) => (history.at(-1)!.loss ?? Infinity) < (lowest[i]!.loss ?? Infinity))
  if (!fallsOn) return 'Loss of the five experiments, epoch by epoch'
  const epochs = lowest.map(({ epoch }) => epoch)
  return `Validation loss is lowest after ${Math.min(...epochs)} to ${Math.max(...epochs)} epochs; training loss goes on falling`
}

/** Loss by epoch of every experiment, a panel each. */
export const lossCurves: FigureMaker = (data) => curvesFigure(data.experiments, 'loss', lossTitle(data), [0, 0.4])

/** Whether A's training loss is below B's after the last epoch that both were trained for. */
function fitsFaster(data: SiteData, a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => experimentData(data, name).runs[0]?.history ?? [])
  const common = Math.min(first!.length, second!.length)
  return common > 0 && (first![common - 1]!.loss ?? Infinity) < (second![common - 1]!.loss ?? Infinity)
}

/** The CNN with and without pooling, side by side on the same axes: what is said of training needs its curve too. */
export const poolingCurves: FigureMaker = (data) => {
  const shown = data.experiments.filter(({ experiment }) => ['cnn', 'cnn-no-pooling'].includes(experiment.name))
  const wider = claimHolds(data, 'no-pooling-gap-wider')
  const faster = fitsFaster(data, 'cnn-no-pooling', 'cnn')
  const title =
    wider === null
      ? 'The CNN with and without pooling, epoch by epoch'
      : wider
        ? `Without pooling the CNN ${faster ? 'fits its training images faster and ' : ''}generalises less`
        : 'Without pooling the CNN learns, and its gap is no wider'
  return curvesFigure(shown, 'accuracy', title, [0.9, 1])
}

/** The original's validation curves, all five, on a logarithmic axis; ours beside them for the same networks. */
export const publishedCurves: FigureMaker = (data) => {
  const curves = data.experiments.flatMap(({ series, runs, published }): LearningCurve[] => {
    const run = runs[0]
    if (!published || !run) return []
    return [
      {
        series,
        validation: run.history.map(({ epoch, valAccuracy }) => ({ epoch, value: valAccuracy })),
        published: published.curve.map(([epoch, , , , valAccuracy]) => ({ epoch, value: valAccuracy })),
        keptEpoch: run.scoredEpoch,
      },
    ]
  })
  if (curves.length === 0) return null
  const ours = data.experiments.flatMap(({ runs }) => runs.slice(0, 1).map((run) => run.epochs))
  const theirs = data.experiments.flatMap(({ published }) => published?.lastEpoch ?? [])
  const slower = Math.min(...theirs) > 3 * Math.max(...ours)
  const title = slower
    ? `The original’s runs take ${Math.min(...theirs)} to ${writeNumber(Math.max(...theirs), 'count')} epochs, ours ${Math.min(...ours)} to ${Math.max(...ours)}`
    : 'The original’s learning curves and ours'
  return {
    title,
    subtitle:
      'Validation accuracy by epoch (log scale): lines ours, open circles published (there the test set served as validation)' +
      notRun(data.experiments),
    alt: `${title}. The table below the chart has the last epochs.`,
    chart: (options) => learningCurves(curves, { ...options, metric: 'accuracy', logEpochs: true }),
    table: {
      columns: [
        { label: 'Experiment' },
        { label: 'Published: last epoch', numeric: true },
        { label: 'its accuracy', numeric: true },
        { label: 'Ours: epoch kept', numeric: true },
        { label: 'its validation accuracy', numeric: true },
      ],
      rows: data.experiments.map(({ experiment, published, runs }) => [
        experiment.title,
        published ? writeNumber(published.lastEpoch, 'count') : '–',
        published ? writeNumber(published.last.valAccuracy, 'percent') : '–',
        runs[0] ? writeNumber(runs[0].scoredEpoch, 'count') : null,
        runs[0] ? writeNumber(runs[0].history[runs[0].scoredEpoch - 1]!.valAccuracy, 'percent') : null,
      ]),
    },
  }
}
