import { group, max } from 'd3-array'
import { classF1Chart } from '../charts/class-f1-chart.ts'
import type { LearningCurve, Metric } from '../charts/curve-marks.ts'
import { learningCurves } from '../charts/learning-curves.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import {
  comparedFrom,
  lossTolerance,
  reproductions,
  reproductionsOf,
  type Reproduction,
} from '../data/reproduction/reproduction.ts'
import { printedPoints, type CurveOf } from '../data/reproduction/published.ts'
import { rateFalls } from '../data/reproduction/rate-falls.ts'
import type { SiteData } from '../data/site-data.ts'
import { classScoresSheet } from '../tables/class-scores-sheet.ts'
import { historiesWithPublished } from '../tables/histories-sheet.ts'
import { writeBound, writeNumber } from '../data/write-number.ts'
import { signed } from '../tables/signed.ts'
import { reproducedClasses, reproducedClassesTable } from '../tables/reproduced-classes.ts'
import type { TableData } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'
import { runCurve } from './run-curves.ts'

/** The first run of each experiment with its other seeds. */
const grouped = (all: readonly Reproduction[]): { first: Reproduction; others: Reproduction[] }[] =>
  [...group(all, ({ one }) => one).values()].map(([first, ...others]) => ({ first: first!, others }))

/** Ours by epoch, the printed points over it; a run that stopped before the original is compared as far as it goes. */
function curveOf({ first, others }: ReturnType<typeof grouped>[number], metric: Metric): LearningCurve {
  const last = Math.max(first.run.epochs, ...others.map(({ run }) => run.epochs))
  const compared = (epoch: number) => first.run.status === 'converged' || epoch <= last
  const printed = (of: CurveOf) => printedPoints(first.published.curve, metric, of).filter(({ epoch }) => compared(epoch))
  return {
    ...runCurve(first.run, metric),
    otherSeeds: others.map(({ run }) => runCurve(run, metric).validation),
    published: printed('validation'),
    publishedTraining: printed('training'),
    publishedRateFellAt: first.published.rateFellAt.filter(compared),
  }
}

/** What the curves show, in numbers: the largest difference of all. */
function title(all: readonly Reproduction[], metric: Metric): string {
  const most = max(all, ({ largest }) => largest[metric] && Math.abs(largest[metric].difference))
  if (most === undefined) return 'The original’s protocol trained again: too few epochs to compare'
  if (metric === 'accuracy')
    return `From epoch ${comparedFrom} on accuracy lies within ${writeBound(most, 'points')} points of what the original printed`
  const size = writeBound(most, 'loss')
  return most <= lossTolerance
    ? `Trained again under its own protocol, the original’s curves are reproduced: from epoch ${comparedFrom} on within ${size} of its validation loss`
    : `Trained again under the original’s protocol, validation loss differs from epoch ${comparedFrom} on by up to ${size} from what it printed`
}

/** Experiments of the original whose runs did not end by their rule: stopped at their budget, or not made. */
function missing(data: SiteData): string {
  const names = (begun: boolean) =>
    data.experiments.flatMap(({ experiment: { name, title }, published }) => {
      const own = reproductionsOf(data, name)
      const ended = own.some(({ run }) => run.status === 'converged')
      return published && !ended && own.length > 0 === begun ? title : []
    })
  const said = (words: string, absent: string[]) => (absent.length ? `. ${words}: ${absent.join('; ')}` : '')
  return said('Not run to its end yet', names(true)) + said('Not run yet', names(false))
}

/** How far ours lie from what the original prints, and where either's rate was cut. */
function points(all: readonly Reproduction[], metric: Metric): TableData {
  const numeric = true
  const largest = (of: CurveOf) => [
    { label: `${of}${metric === 'loss' ? '' : ', points'}`, group: `Largest difference from epoch ${comparedFrom}`, numeric },
    { label: 'at epoch', group: `Largest difference from epoch ${comparedFrom}`, numeric },
  ]
  const cells = (found: Reproduction['largest'][Metric]) =>
    found ? [signed(found.difference, metric === 'loss' ? 'score' : 'points'), writeNumber(found.epoch, 'count')] : ['–', '–']
  const epochs = (falls: readonly number[]) => falls.map((epoch) => writeNumber(epoch, 'count')).join('; ') || 'never'
  return {
    columns: [
      { label: 'Run' },
      { label: 'Epochs compared', numeric },
      ...largest('validation'),
      ...largest('training'),
      { label: 'published', group: 'Rate cut at epochs' },
      { label: 'ours', group: 'Rate cut at epochs' },
    ],
    rows: all.map(({ one, run, published, largest: held, largestInTraining }) => [
      `${one.experiment.title}, seed ${run.seed}`,
      writeNumber(published.curve.filter(([epoch]) => epoch >= comparedFrom && epoch <= run.epochs).length, 'count'),
      ...cells(held[metric]),
      ...cells(largestInTraining[metric]),
      epochs(published.rateFellAt),
      epochs(rateFalls(run)),
    ]),
  }
}

const curvesFigure =
  (metric: Metric): FigureMaker =>
  (data) => {
    const all = reproductions(data)
    if (all.length === 0) return null
    const groups = grouped(all)
    const curves = groups.map((one) => curveOf(one, metric))
    const seeds = groups.some(({ others }) => others.length > 0)
    const heading = title(all, metric)
    return {
      title: heading,
      subtitle:
        `${metric === 'loss' ? 'Loss' : 'Accuracy, %,'} by epoch (log scale): lines ours, open circles the original’s values, validation (the test set’s) larger, training smaller` +
        `${seeds ? '; dotted lines other seeds' : ''}${missing(data)}`,
      alt: `${heading}. The table below the chart has the largest differences of each run, and the epochs at which the rate was cut.`,
      runs: all.map(({ run }) => run),
      chart: (options) => learningCurves(curves, { ...options, metric, logEpochs: true }),
      table: points(all, metric),
      data: historiesWithPublished(
        data,
        groups.map(({ first }) => first.one),
        all.map(({ run }) => run),
      ),
    }
  }

/** Loss and accuracy of our runs of the original's protocol, its printed points over them. */
export const reproducedLoss = curvesFigure('loss')
export const reproducedAccuracy = curvesFigure('accuracy')

/** The original's Table 1 over ours under its own protocol, with the interval that the draw of test images gives. */
export const reproducedClassScores: FigureMaker = (data) => {
  const all = reproducedClasses(data)
  if (all.length === 0) return null
  const seeds = [...new Set(all.map(({ reproduction: { run } }) => `seed ${run.seed}`))].join(' or ')
  const each = all.map(({ reproduction: { one }, scores }) => {
    const own = scores.filter((cell) => cell.inside).length
    return `${own === scores.length ? 'all' : own === 0 ? 'none' : `${own} of ${scores.length}`} of the ${one.experiment.title}`
  })
  const heading = `Published class scores within the sampling interval of ours: ${each.join('; ')}`
  return {
    title: heading,
    subtitle: `F1 of each class on the test set under the original’s protocol, ${seeds}: open circles published, points ours with a 95 % interval over test images${missing(data)}`,
    alt: `${heading}. The table below the chart has all values.`,
    runs: all.map(({ reproduction }) => reproduction.run),
    chart: (options) =>
      classF1Chart(
        {
          classes,
          scores: all.map(({ reproduction: { one, published }, scores }) => ({
            series: one.series,
            ours: scores.map(({ f1, interval }) => ({ f1, interval })),
            published: published.classF1,
          })),
        },
        options,
      ),
    table: reproducedClassesTable(data, {}),
    data: classScoresSheet(
      all.map(({ reproduction: { one, published }, scores }) => ({
        name: one.experiment.name,
        ours: scores,
        published: published.classF1,
      })),
    ),
  }
}
