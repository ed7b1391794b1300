import type { BenchMeasurement } from '../../../experiments/results/bench-record.ts'
import { spreadOf, timesAsFast } from '../../../experiments/results/bench-summary.ts'
import type { Spread } from '../../../experiments/statistics/spread.ts'
import { benchRecord } from './bench-records.ts'
import { experimentData, type SiteData } from '../site-data.ts'

export const benchPeers = { keras: 'Keras', jax: 'JAX', pytorch: 'PyTorch' }
export type BenchPeer = keyof typeof benchPeers

/** How cores are used, in words. */
export const inLayout = ({ processes, threads }: Pick<BenchMeasurement, 'processes' | 'threads'>): string =>
  processes > 1 ? `${processes} processes` : `${threads} threads`

type Ratio = (measurement: BenchMeasurement) => Spread | null

/** The peer with the shortest median time of a measurement; null where none took part. */
export function fastestPeer(measurement: BenchMeasurement): BenchPeer | null {
  const measured = (Object.keys(benchPeers) as BenchPeer[]).flatMap((peer) => {
    const time = spreadOf(measurement, peer)
    return time ? [{ peer, median: time.median }] : []
  })
  return measured.sort((a, b) => a.median - b.median)[0]?.peer ?? null
}

const than =
  (name: string): Ratio =>
  (measurement) =>
    timesAsFast(measurement, 'ours', name)
const thanFastest: Ratio = (measurement) => {
  const peer = fastestPeer(measurement)
  return peer && timesAsFast(measurement, 'ours', peer)
}
const steps: Ratio = (measurement) => timesAsFast(measurement, 'steps', 'ours')
const augmented: Ratio = (measurement) => timesAsFast(measurement, 'ours', 'augmented')

interface Target {
  of: BenchMeasurement['of']
  experiment: string | null
  processes?: number
  /** What is compared, behind what is measured. */
  as: string
  ratio: Ratio
  /** The least or the most that was asked for, before any of it was measured. */
  wanted: { least: number } | { most: number }
}

/** Of a target for which all three were asked. */
export const asFastest = 'times as fast as the fastest of Keras, JAX and PyTorch'
export const asKeras = 'times as fast as Keras'
const step = (experiment: string, processes: number, least: number, as = asFastest, ratio = thanFastest): Target => ({
  of: 'step',
  experiment,
  processes,
  as,
  ratio,
  wanted: { least },
})
const epoch = (experiment: string, as: string, ratio: Ratio, most: number): Target => ({
  of: 'epoch',
  experiment,
  as,
  ratio,
  wanted: { most },
})

/** What this project set itself. */
const targets: readonly Target[] = [
  step('cnn', 1, 1.4),
  step('cnn-no-pooling', 1, 1.4),
  step('fcnn', 1, 1.05),
  step('fcnn', 1, 1.4, asKeras, than('keras')),
  step('cnn', 2, 1.25),
  step('cnn-no-pooling', 2, 1.4),
  step('fcnn', 2, 1.25),
  step('cnn', 1, 0.7, 'of the machine’s peak', than('peak')),
  step('cnn', 2, 0.7, 'of the machine’s peak', than('peak')),
  epoch('cnn', 'times its steps alone', steps, 1.08),
  epoch('fcnn', 'times its steps alone', steps, 1.08),
  epoch('cnn', 'augmented, times a plain one', augmented, 1.06),
  epoch('fcnn', 'augmented, times a plain one', augmented, 1.4),
  { of: 'augmentation', experiment: null, as: 'times as fast as Keras’', ratio: than('keras'), wanted: { least: 4 } },
  { of: 'portable-step', experiment: 'cnn', as: 'times as fast as TensorFlow.js’', ratio: than('tfjs'), wanted: { least: 2.2 } },
  { of: 'portable-step', experiment: 'fcnn', as: 'times as fast as TensorFlow.js’', ratio: than('tfjs'), wanted: { least: 8 } },
]

const subjects: Partial<Record<BenchMeasurement['of'], string>> = {
  step: 'step',
  epoch: 'epoch',
  augmentation: 'Augmentation',
  'portable-step': 'step on WebAssembly',
}

export interface TargetResult {
  /** "CNN, step". */
  subject: string
  /** "with 2 threads"; empty where it makes no difference. */
  cores: string
  /** "times as fast as Keras". */
  as: string
  wanted: Target['wanted']
  /** Null while it is not measured. */
  measured: Spread | null
  met: boolean | null
}

/** Each target beside what was measured, by the median. */
export function speedTargets(data: SiteData): TargetResult[] {
  const measurements = (['speed', 'portable'] as const).flatMap((kind) => benchRecord(data, kind)?.measurements ?? [])
  return targets.map(({ of, experiment, processes, as, ratio, wanted }) => {
    const measurement = measurements.find(
      (one) => one.of === of && one.experiment === experiment && (processes === undefined || one.processes === processes),
    )
    const measured = measurement ? ratio(measurement) : null
    const met = measured && ('least' in wanted ? measured.median >= wanted.least : measured.median <= wanted.most)
    const model = experiment === null ? '' : `${experimentData(data, experiment).experiment.title}, `
    const cores = processes === undefined ? '' : `with ${processes === 1 ? '2 threads' : `${processes} processes`}`
    return { subject: `${model}${subjects[of]}`, cores, as, wanted, measured, met }
  })
}
