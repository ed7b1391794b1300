import { experiments, protocols, type Experiment } from '../../experiments/catalogue.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import type { RunRecord, Score } from '../../experiments/results/schema.ts'
import { seriesOf } from '../../src/charts/series.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { makeRecord } from '../helpers/make-record.ts'
import { madeUpSite } from './made-up-site.ts'

/** What a made-up run is like; the rest is as in any run. */
export interface MadeUpRun {
  /** Accuracies. */
  test?: number
  train?: number
  /** Share by which the hardest class is read worse, and the easiest better. */
  uneven?: number
  epochs?: number
  status?: RunRecord['status']
  /** With dropout off: of training images, and of those held back. */
  trainLoss?: number
  heldLoss?: number
  /** Of the last epoch, dropout on. */
  lastLoss?: number
  secondsPerEpoch?: number
  /** Whether its weights are smooth, or as they began. */
  smooth?: boolean
}

/** Made-up runs of one protocol: by experiment, then one for each seed (from 1), or one. */
export type MadeUpRuns = Record<string, MadeUpRun | readonly MadeUpRun[]>

const images = 10_000

/** Accuracy of each class. */
const classAccuracies = ({ test = 0.9, uneven = 0 }: MadeUpRun) =>
  Array.from({ length: 10 }, (_, c) => test + (c === 2 ? -uneven : c === 3 ? uneven : 0))

function scoreOf(accuracies: readonly number[], loss: number): Score {
  const perClass = images / 10
  const confusion = accuracies.map((accuracy, c) => {
    const right = Math.round(accuracy * perClass)
    const each = Math.floor((perClass - right) / 9)
    const rest = perClass - right - each * 9
    return accuracies.map((_, k) => (k === c ? right : each + ((k - c + 10) % 10 <= rest ? 1 : 0)))
  })
  const right = confusion.reduce((sum, row, c) => sum + row[c]!, 0)
  return { images, loss, accuracy: right / images, confusion }
}

function recordOf(experiment: Experiment, protocolName: string, seed: number, made: MadeUpRun): RunRecord {
  const protocol = protocols.find(({ name }) => name === protocolName)!
  const { epochs = 30, trainLoss = 0.1, heldLoss = 0.3, lastLoss = 0.2, secondsPerEpoch = 1 } = made
  const test = scoreOf(classAccuracies(made), heldLoss)
  const base = makeRecord()
  return {
    ...base,
    experiment: experiment.name,
    protocol: protocolName,
    seed,
    settings: { experiment, protocol },
    status: made.status ?? 'converged',
    epochs,
    scoredEpoch: epochs,
    history: Array.from({ length: epochs }, (_, i) => ({ ...base.history[0]!, epoch: i + 1, loss: lastLoss, learningRate: 1 })),
    timings: { secondsPerEpoch: new Array<number>(epochs).fill(secondsPerEpoch), imagesPerSecond: 1 },
    evaluation: {
      train: scoreOf(new Array<number>(10).fill(made.train ?? 0.97), trainLoss),
      ...(protocol.validation.from === 'training' && { validation: test }),
      test,
    },
  }
}

/** Classes that a run predicts for images whose labels are 0 … 9 in turn; each experiment is wrong on images of its own. */
function predictionsOf(run: RunRecord, place: number): Uint8Array {
  const perClass = images / 10
  return Uint8Array.from({ length: images }, (_, i) => {
    const label = i % 10
    const wrong = perClass - run.evaluation.test.confusion[label]![label]!
    return (Math.floor(i / 10) + perClass - place * 120) % perClass < wrong ? (label + 1) % 10 : label
  })
}

/** The first weights of a run: as they begin, or smooth pictures and kernels of one value. */
function weightsOf(run: RunRecord, smooth: boolean): Float32Array[] {
  const first = run.settings.experiment.layers.slice(0, run.settings.experiment.layers[0]!.kind === 'flatten' ? 2 : 3)
  const begun = initialWeights(first, run.seed + 500)
  if (!smooth) return begun
  const units = begun[0]!.length / 784
  return begun.map((array) =>
    array.map((_, i) => (array.length % 784 === 0 ? Math.sin(Math.floor(i / units / 28) / 5 + (i % units)) : 0.1)),
  )
}

/** Site data of made-up runs, by protocol; `more` experiments stand beside those of the catalogue. */
export function siteOfRuns(runs: Record<string, MadeUpRuns>, more: readonly Experiment[] = experiments): SiteData {
  const empty = madeUpSite()
  const all = [...new Map([...experiments, ...more].map((one) => [one.name, one])).values()]
  const smooth = new Set<RunRecord>()
  const allRuns = Object.entries(runs).flatMap(([protocol, byName]) =>
    Object.entries(byName).flatMap(([name, made]) =>
      [made].flat().map((one: MadeUpRun, i) => {
        const record = recordOf(
          all.find((other) => other.name === name)!,
          protocol,
          i + 1,
          one,
        )
        if (one.smooth) smooth.add(record)
        return record
      }),
    ),
  )
  return {
    ...empty,
    allRuns,
    experiments: all.map((experiment) => ({
      experiment,
      series: seriesOf(experiment),
      runs: allRuns.filter((run) => run.protocol === 'corrected' && run.experiment === experiment.name),
      published: empty.published.experiments[experiment.name],
    })),
    predictions: (run) =>
      predictionsOf(
        run,
        all.findIndex(({ name }) => name === run.experiment),
      ),
    weights: (run) => weightsOf(run, smooth.has(run)),
  }
}
