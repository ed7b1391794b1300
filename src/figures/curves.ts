import { least } from 'd3-array'
import type { LearningCurve, Metric } from '../charts/curve-marks.ts'
import { learningCurves } from '../charts/learning-curves.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../data/claims/claims.ts'
import { measured } from '../data/measured.ts'
import { experimentData, runsOf, type ExperimentData, type SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import { historiesSheet, historiesWithPublished } from '../tables/histories-sheet.ts'
import { numberCell, type Cell, type TableData } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'
import { printedPoints } from '../data/reproduction/published.ts'
import { rateFalls } from '../data/reproduction/rate-falls.ts'
import { runCurve } from './run-curves.ts'

function curveOf({ series, runs: [run, ...others] }: ExperimentData, metric: Metric): LearningCurve | null {
  if (!run) return null
  return { ...runCurve(run, metric), series, otherSeeds: others.map((other) => runCurve(other, metric).validation) }
}

function ending(run: RunRecord): Cell[] {
  const kept = run.history[run.scoredEpoch - 1]!
  return [
    run.settings.experiment.title,
    String(run.seed),
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

/** The run of each experiment that a figure draws. */
const firstRuns = (shown: readonly ExperimentData[]): RunRecord[] => shown.flatMap(({ runs }) => runs.slice(0, 1))

/** Which those are. */
function firstSeeds(shown: readonly ExperimentData[]): string {
  const [seed, ...others] = new Set(firstRuns(shown).map((run) => run.seed))
  return others.length ? 'the first seed of each' : `seed ${seed}`
}

/** How the runs of these experiments ended. */
const endings = (shown: readonly ExperimentData[]): TableData => ({
  columns: [
    { label: 'Experiment' },
    { label: 'Seed', numeric: true },
    { label: 'Last epoch', numeric: true },
    { label: 'Epoch kept', numeric: true },
    { label: 'Its validation accuracy', numeric: true },
    { label: 'Rate cut to a tenth from epoch', numeric: true },
  ],
  rows: shown.flatMap(({ experiment, runs }): Cell[][] =>
    runs.length ? runs.map(ending) : [[experiment.title, null, null, null, null, null]],
  ),
})

/**
 * The values that curves are drawn on: from 90 %, or up to a loss of .2, where first epochs would push the rest together; further where a
 * run's best epoch would not stand well within that.
 */
function domainOf(runs: readonly RunRecord[], metric: Metric): [number, number] {
  const best = runs.map(({ history }) =>
    metric === 'accuracy'
      ? Math.max(...history.map((row) => row.valAccuracy))
      : Math.min(...history.map((row) => row.valLoss ?? Infinity)),
  )
  return metric === 'accuracy'
    ? [Math.max(0, Math.min(0.9, Math.floor((Math.min(...best) - 0.05) * 10) / 10)), 1]
    : [0, Math.max(0.2, Math.ceil(20 * Math.max(...best.filter(Number.isFinite))) / 10)]
}

function curvesFigure(shown: readonly ExperimentData[], metric: Metric, title: string) {
  const curves = shown.flatMap((one) => curveOf(one, metric) ?? [])
  if (curves.length === 0) return null
  const runs = shown.flatMap((one) => one.runs)
  const several = shown.some(({ runs }) => runs.length > 1)
  const domain = domainOf(runs, metric)
  return {
    title,
    subtitle: `${metric === 'accuracy' ? 'Accuracy' : 'Loss'} by epoch, ${firstSeeds(shown)}${several ? ' and, dotted, all others' : ''}: validation, and thinner training with dropout on; values off the axis are left out${notRun(shown)}`,
    alt: `${title}. The table below the chart says where each run ended.`,
    chart: (options: { label: string; width?: number }) => learningCurves(curves, { ...options, metric, domain }),
    table: endings(shown),
    data: historiesSheet(runs),
    runs,
  }
}

/** Says what CNN and FCNN read of the validation images in the end, as far as they were run. */
function accuracyTitle(data: SiteData): string {
  const [cnn, fcnn] = ['cnn', 'fcnn'].map((name) => measured(data, 'validationAccuracy', name))
  if (!cnn || !fcnn) return 'Accuracy of every experiment, epoch by epoch'
  const [first, second] = [cnn, fcnn].map(({ value }) => writeNumber(value, 'percent'))
  return `On validation images the CNN comes to ${first}, the FCNN to ${second}`
}

/** Accuracy by epoch of every experiment, a panel each. */
export const accuracyCurves: FigureMaker = (data) => curvesFigure(data.experiments, 'accuracy', accuracyTitle(data))

/** Says that training loss goes on falling after the lowest validation loss, and in how many runs where it is not all. */
function lossTitle(data: SiteData): string {
  const runs = runsOf(data)
  const lowest = runs.map(({ history }) => least(history, ({ valLoss }) => valLoss ?? Infinity)!)
  const falling = runs.filter(({ history }, i) => (history.at(-1)!.loss ?? Infinity) < (lowest[i]!.loss ?? Infinity)).length
  if (falling <= runs.length / 2) return 'Loss of every experiment, epoch by epoch'
  const where = falling === runs.length ? '' : `, in ${falling} of ${runs.length} runs`
  return `Training loss goes on falling after validation loss is at its lowest${where}`
}

/** Loss by epoch of every experiment, a panel each. */
export const lossCurves: FigureMaker = (data) => curvesFigure(data.experiments, 'loss', lossTitle(data))

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
        ? `Without pooling the CNN ${faster ? 'fits its training images faster and ' : ''}overfits more`
        : 'Without pooling the CNN learns, and does not surely overfit more'
  return curvesFigure(shown, 'loss', title)
}

/** How the original's runs ended, and ours. */
const bothEndings = (data: SiteData): TableData => ({
  columns: [
    { label: 'Experiment' },
    { label: 'last epoch', group: 'Published', numeric: true },
    { label: 'rate cut first, and how often', group: 'Published', numeric: true },
    { label: 'last validation loss', group: 'Published', numeric: true },
    { label: 'last accuracy', group: 'Published', numeric: true },
    { label: 'epoch kept', group: 'Ours', numeric: true },
    { label: 'validation loss', group: 'Ours', numeric: true },
    { label: 'validation accuracy', group: 'Ours', numeric: true },
  ],
  rows: data.experiments.map(({ experiment, published, runs: [run] }) => {
    const kept = run?.history[run.scoredEpoch - 1]
    return [
      experiment.title,
      ...(published
        ? [
            numberCell(published.lastEpoch, 'count'),
            `${writeNumber(published.rateFellAt[0] ?? 0, 'count')}, ${published.rateFellAt.length} ×`,
            numberCell(published.last.valLoss, 'loss'),
            numberCell(published.last.valAccuracy, 'percent'),
          ]
        : ['–', '–', '–', '–']),
      run ? numberCell(run.scoredEpoch, 'count') : null,
      kept && kept.valLoss !== null ? numberCell(kept.valLoss, 'loss') : null,
      kept ? numberCell(kept.valAccuracy, 'percent') : null,
    ]
  }),
})

/** The original's curves of all five on a logarithmic axis, ours of the same networks with them. */
const besidePublished =
  (metric: Metric): FigureMaker =>
  (data) => {
    const curves = data.experiments.flatMap(({ series, runs: [run], published }): LearningCurve[] => {
      if (!published || !run) return []
      const { training, ...ours } = runCurve(run, metric)
      return [
        {
          ...ours,
          series,
          published: printedPoints(published.curve, metric, 'validation'),
          // Loss as the original drew it: training too.
          ...(metric === 'loss' && { training, publishedTraining: printedPoints(published.curve, metric, 'training') }),
          publishedRateFellAt: published.rateFellAt,
        },
      ]
    })
    if (curves.length === 0) return null
    const title = metric === 'accuracy' ? pacesTitle(data) : endsTitle(data)
    return {
      title,
      subtitle:
        `${metric === 'accuracy' ? 'Validation accuracy' : 'Loss'} by epoch (log scale): lines ours (${firstSeeds(data.experiments)}), open circles published ` +
        `(there the test set served as validation); strokes on the axis: where the rate was cut, in black the original’s${notRun(data.experiments)}`,
      alt: `${title}. The table below the chart has the last epochs.`,
      chart: (options) =>
        learningCurves(curves, { ...options, metric, logEpochs: true, ...(metric === 'loss' && { domain: [0, 2.4] as const }) }),
      data: historiesWithPublished(data, data.experiments, firstRuns(data.experiments)),
      runs: firstRuns(data.experiments),
      table: bothEndings(data),
    }
  }

function pacesTitle(data: SiteData): string {
  const ours = runsOf(data).map((run) => run.epochs)
  const theirs = data.experiments.flatMap(({ published }) => published?.lastEpoch ?? [])
  const slower = Math.min(...theirs) > 3 * Math.max(...ours)
  return slower
    ? `The original’s runs take ${Math.min(...theirs)} to ${writeNumber(Math.max(...theirs), 'count')} epochs, ours ${Math.min(...ours)} to ${Math.max(...ours)}`
    : 'The original’s learning curves and ours'
}

/** Says after how many epochs our training loss, of the runs that are drawn, is where the original's ended; where not all come so far, nothing. */
function endsTitle(data: SiteData): string {
  const epochs = data.experiments.flatMap(({ published, runs: [run] }) => {
    const last = published?.curve.at(-1)?.[1]
    if (!run || last === undefined) return []
    return run.history.find(({ loss }) => loss !== null && loss <= last)?.epoch ?? Infinity
  })
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)]
  return Number.isFinite(last)
    ? `After ${first === last ? first : `${first} to ${last}`} epochs our training losses are where the original’s ended`
    : 'The original’s loss curves and ours'
}

export const publishedCurves = besidePublished('accuracy')
export const publishedLossCurves = besidePublished('loss')
