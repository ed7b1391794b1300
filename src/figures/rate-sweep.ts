import { mean } from 'd3-array'
import { sweeps } from '../../experiments/protocols.ts'
import { rateSweepChart, type RatePanel } from '../charts/rate-sweep-chart.ts'
import {
  bestRate,
  optimizerKinds,
  optimizerTitles,
  publishedAtEpoch,
  rateSweep,
  sweptExperiments,
  type OptimizerKind,
  type Sweep,
} from '../data/rate-sweep.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import { sweepTable } from '../tables/rate-sweep.ts'
import type { FigureMaker } from './figure.ts'

const epochs = sweeps[0]!.maxEpochs
/** The original's rate, Keras' default since keras-team/keras#13815; and the one before it, which the KMNIST authors used. */
const [published, authors] = [0.001, 1]

/** What the sweep shows, as far as its runs say it. */
function title(sweep: Sweep): string {
  const at = (experiment: string, rate: number) =>
    sweep.points.find((point) => point.experiment === experiment && point.optimizer === 'adadelta' && point.rate === rate)
  const [slow, usual] = [at('cnn', published), at('cnn', authors)]
  if (!slow || !usual) return `Accuracy after ${epochs} epochs depends on the learning rate`
  const [low, high] = [mean(slow.test)!, mean(usual.test)!]
  if (high <= low) return `At Adadelta’s default rate the CNN reads no fewer characters after ${epochs} epochs than at 1.0`
  return `After ${epochs} epochs at Adadelta’s default rate the CNN reads ${writeNumber(low, 'percent')} of the test characters, at 1.0 ${writeNumber(high, 'percent')}`
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
  const best = sweptExperiments.flatMap((experiment) => {
    const found = bestRate(sweep, experiment, 'adadelta')
    return found ? [`${experimentData(data, experiment).experiment.title} ${found.rate}`] : []
  })
  const part = sweep.done < sweep.planned ? `. So far ${sweep.done} of ${sweep.planned} runs` : ''
  return {
    title: title(sweep),
    subtitle: `Test and validation accuracy after ${epochs} epochs at a constant rate, a point a seed${part}`,
    alt: `${title(sweep)}. Of Adadelta’s rates that were run, validation accuracy is highest at ${best.join(', ') || 'none'}. The table below the chart has all values.`,
    runs: sweep.points.flatMap(({ runs }) => runs),
    chart: (options) => rateSweepChart(panels, options),
    table: sweepTable(data, {}),
  }
}
