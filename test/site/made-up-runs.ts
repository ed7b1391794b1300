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
  /** On validation images, where the protocol has some of its own; as on test images if absent. */
  validation?: number
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
  /** What the kernels of a layer all are, while the others are as they began. */
  kernels?: { first?: Kernel; second?: Kernel }
}

/** A 3 × 3 kernel of one value, or one that is dark on the left and light on the right. */
type Kernel = 'even' | 'edge'

/** Made-up runs of one protocol: by experiment, then one for each seed (from 1), or one. */
export type MadeUpRuns = Record<string, MadeUpRun | readonly MadeUpRun[]>

const images = 10_000

/** Accuracy of each class. */
const classAccuracies = ({ test = 0.9, uneven = 0 }: MadeUpRun) =>
  Array.from({ length: 10 }, (_, c) => test + (c === 2 ? -uneven : c === 3 ? uneven : 0))

function scoreOf(accuracies: readonly number[], loss: number): Score {
  const perClass = images / 10
  /** Images read right of the first classes: what a class's share leaves over counts in the next, so that the whole is exact. */
  const rightOf = (classes: number) => Math.round(accuracies.slice(0, classes).reduce((sum, one) => sum + one, 0) * perClass)
  const confusion = accuracies.map((_, c) => {
    const right = rightOf(c + 1) - rightOf(c)
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
  const validation = made.validation === undefined ? test : scoreOf(new Array<number>(10).fill(made.validation), heldLoss)
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
      ...(protocol.validation.from === 'training' && { validation }),
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

/** Weight `i` of a layer's kernels that are all alike. */
const kernelWeight = (kernel: Kernel, i: number, length: number) =>
  kernel === 'even' ? 0.1 : (Math.floor((i * 9) / length) % 3) - 1

/** The first weights of a run: as they begin, or smooth pictures and kernels of one value, or kernels as they are asked for. */
function weightsOf(run: RunRecord, { smooth, kernels }: MadeUpRun): Float32Array[] {
  const first = run.settings.experiment.layers.slice(0, run.settings.experiment.layers[0]!.kind === 'flatten' ? 2 : 3)
  const begun = initialWeights(first, run.seed + 500)
  // The biases stand between the kernels.
  const asked = smooth ? begun.map(() => 'even' as const) : [kernels?.first, undefined, kernels?.second]
  const units = begun[0]!.length / 784
  return begun.map((array, place) => {
    const kernel = asked[place]
    if (!kernel) return array
    if (array.length % 784 === 0) return array.map((_, i) => Math.sin(Math.floor(i / units / 28) / 5 + (i % units)))
    return array.map((_, i) => kernelWeight(kernel, i, array.length))
  })
}

/** Site data of made-up runs, by protocol; `more` experiments stand beside those of the catalogue. */
export function siteOfRuns(runs: Record<string, MadeUpRuns>, more: readonly Experiment[] = experiments): SiteData {
  const empty = madeUpSite()
  const all = [...new Map([...experiments, ...more].map((one) => [one.name, one])).values()]
  const madeUp = new Map<RunRecord, MadeUpRun>()
  const allRuns = Object.entries(runs).flatMap(([protocol, byName]) =>
    Object.entries(byName).flatMap(([name, made]) =>
      [made].flat().map((one: MadeUpRun, i) => {
        const record = recordOf(
          all.find((other) => other.name === name)!,
          protocol,
          i + 1,
          one,
        )
        madeUp.set(record, one)
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
    weights: (run) => weightsOf(run, madeUp.get(run) ?? {}),
  }
}
