import { mean } from 'd3-array'
import { sweeps } from '../../experiments/protocols.ts'
import { rateSweepChart, type RatePanel } from '../charts/rate-sweep-chart.ts'
import {
  adadeltaAt,
  nearBest,
  nearBestRates,
  optimizerKinds,
  optimizerTitles,
  publishedAtEpoch,
  rateSweep,
  sweptExperiments,
  type OptimizerKind,
  type Sweep,
} from '../data/reproduction/rate-sweep.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import { sweepTable } from '../tables/rate-sweep.ts'
import type { DataSheet } from '../tables/data-sheet.ts'
import type { FigureMaker } from './figure.ts'

const epochs = sweeps[0]!.maxEpochs
/** The original's rate, Keras' default since TensorFlow 1.14 (tensorflow/tensorflow#30941); and the one before it, which the KMNIST authors used. */
const [published, authors] = [0.001, 1]

/** What the sweep shows of the networks that were run at the two rates in question. */
function title(data: SiteData, sweep: Sweep): string {
  const both = sweptExperiments.flatMap((experiment) => {
    const [slow, usual] = [published, authors].map((rate) => adadeltaAt(sweep, experiment, rate))
    const name = experimentData(data, experiment).experiment.title
    return slow && usual ? [{ name, slow: mean(slow.test)!, usual: mean(usual.test)! }] : []
  })
  if (both.length === 0) return `Accuracy after ${epochs} epochs depends on the learning rate`
  const names = both.map(({ name }) => name).join(' and the ')
  const each = (at: 'slow' | 'usual') => both.map((one) => writeNumber(one[at], 'percent')).join(' and ')
  return `After ${epochs} epochs of Adadelta at Keras’ default rate the ${names} ${both.length > 1 ? 'read' : 'reads'} ${each('slow')} of the test characters, and ${each('usual')} at ${authors.toFixed(1)}`
}

/** Networks that were not swept, or how much of the sweep is done. */
function missing(data: SiteData, sweep: Sweep): string {
  const unswept = sweptExperiments.filter((name) => sweep.points.every(({ experiment }) => experiment !== name))
  if (unswept.length) return `. Not run yet: ${unswept.map((name) => experimentData(data, name).experiment.title).join(', ')}`
  return sweep.done < sweep.planned ? `. So far ${sweep.done} of ${sweep.planned} runs` : ''
}

/** Adadelta's rates that do about as well as its best, of each network that was run. */
function wideTops(data: SiteData, sweep: Sweep): string {
  const tops = sweptExperiments.flatMap((experiment) => {
    const rates = nearBestRates(sweep, experiment, 'adadelta')
    return rates.length ? [`of the ${experimentData(data, experiment).experiment.title} ${rates.join(', ')}`] : []
  })
  return tops.length
    ? `. Adadelta’s rates within ${writeNumber(nearBest, 'points')} points of the best validation accuracy: ${tops.join('; ')}`
    : ''
}

function panelOf(data: SiteData, sweep: Sweep, optimizer: OptimizerKind): RatePanel {
  const rates = sweeps.flatMap(({ optimizer: { kind, rate } }) => (kind === optimizer ? rate : []))
  const points = sweep.points
    .filter((point) => point.optimizer === optimizer)
    .map(({ experiment, rate, test, validation }) => ({
      series: experimentData(data, experiment).series,
      rate,
      test,
      validation,
    }))
  const panel = { title: optimizerTitles[optimizer], rates, points }
  if (optimizer !== 'adadelta') return panel
  return {
    ...panel,
    published: sweptExperiments.flatMap((experiment) => {
      const accuracy = publishedAtEpoch(data, experiment, epochs)
      return accuracy === null ? [] : [{ rate: published, accuracy }]
    }),
    marked: [
      { rate: published, words: 'published' },
      { rate: authors, words: 'KMNIST authors' },
    ],
    change: { from: authors, to: published, words: 'Keras’ default' },
  }
}

/** Accuracy after ten epochs against the learning rate, a panel an optimizer: the figure that explains the study. */
export const rateSweepFigure: FigureMaker = (data) => {
  const sweep = rateSweep(data)
  if (sweep.points.length === 0) return null
  const panels = optimizerKinds.map((optimizer) => panelOf(data, sweep, optimizer))
  const heading = title(data, sweep)
  return {
    title: heading,
    subtitle: `Test and validation accuracy after ${epochs} epochs at a constant rate, a point a seed${missing(data, sweep)}`,
    alt: `${heading}${wideTops(data, sweep)}. The table below the chart has all values.`,
    runs: sweep.points.flatMap(({ runs }) => runs),
    chart: (options) => rateSweepChart(panels, options),
    table: sweepTable(data, {}),
    data: {
      columns: ['source', 'experiment', 'optimizer', 'rate', 'seed', 'test accuracy', 'validation accuracy'],
      rows: [
        ...sweptExperiments.flatMap((name): DataSheet['rows'] => {
          const accuracy = publishedAtEpoch(data, name, epochs)
          return accuracy === null ? [] : [['published', name, 'adadelta', published, data.published.seed, accuracy, null]]
        }),
        ...sweep.points.flatMap(({ experiment, optimizer, rate, runs }) =>
          runs.map(({ seed, evaluation: { test, validation } }) => {
            return ['ours', experiment, optimizer, rate, seed, test.accuracy, validation?.accuracy ?? null]
          }),
        ),
      ],
    },
  }
}
