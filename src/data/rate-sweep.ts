import { mean } from 'd3-array'
import { plannedRuns } from '../../experiments/catalogue.ts'
import { sweeps } from '../../experiments/protocols.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import type { Optimizer } from '../../experiments/training/protocol.ts'
import type { SiteData } from './site-data.ts'
import { experimentData } from './site-data.ts'

export type OptimizerKind = Optimizer['kind']
export const optimizerKinds: readonly OptimizerKind[] = ['adadelta', 'sgd', 'adam']
export const optimizerTitles: Record<OptimizerKind, string> = {
  adadelta: 'Adadelta',
  sgd: 'SGD with momentum',
  adam: 'Adam',
}

/** The networks whose rates were swept. */
export const sweptExperiments = ['cnn', 'fcnn'] as const

/** One setting of the sweep: what its runs score after their ten epochs. */
export interface SweepPoint {
  experiment: string
  optimizer: OptimizerKind
  rate: number
  /** Accuracies in the order of the seeds; never empty. */
  test: number[]
  validation: number[]
  runs: RunRecord[]
}

export interface Sweep {
  /** By experiment, optimizer and rate; only what was run. */
  points: SweepPoint[]
  /** Runs made, and runs planned. */
  done: number
  planned: number
}

/** What was run of the rate sweep. */
export function rateSweep(data: SiteData): Sweep {
  const points = sweptExperiments.flatMap((experiment) =>
    sweeps.flatMap(({ name, optimizer: { kind, rate } }): SweepPoint[] => {
      const runs = data.allRuns.filter((run) => run.protocol === name && run.experiment === experiment)
      if (runs.length === 0) return []
      return [
        {
          experiment,
          optimizer: kind,
          rate,
          test: runs.map((run) => run.evaluation.test.accuracy),
          validation: runs.flatMap((run) => run.evaluation.validation?.accuracy ?? []),
          runs,
        },
      ]
    }),
  )
  return {
    points,
    done: points.reduce((sum, { runs }) => sum + runs.length, 0),
    planned: plannedRuns.filter(({ protocol }) => sweeps.some(({ name }) => name === protocol)).length,
  }
}

/** What was run of Adadelta at a rate; undefined where nothing was. */
export const adadeltaAt = (sweep: Sweep, experiment: string, rate: number): SweepPoint | undefined =>
  sweep.points.find((one) => one.experiment === experiment && one.optimizer === 'adadelta' && one.rate === rate)

/** As good as the best: within this of its mean validation accuracy. */
export const nearBest = 0.01

/** The rates of an optimizer at which a network's mean validation accuracy is about its best, ascending; empty while none was run. */
export function nearBestRates(sweep: Sweep, experiment: string, optimizer: OptimizerKind): number[] {
  const own = sweep.points.filter((point) => point.experiment === experiment && point.optimizer === optimizer)
  const best = Math.max(...own.map(({ validation }) => mean(validation) ?? NaN))
  return own.filter(({ validation }) => (mean(validation) ?? NaN) >= best - nearBest).map(({ rate }) => rate)
}

/**
 * Whether every seed of A reads more than every seed of B in all settings of the sweep but these of Adadelta; null before each was run
 * with two seeds.
 */
export function aheadExceptAt(sweep: Sweep, a: string, b: string, exceptions: readonly number[]): boolean | null {
  const test = (experiment: string, kind: OptimizerKind, rate: number) =>
    sweep.points.find((point) => point.experiment === experiment && point.optimizer === kind && point.rate === rate)?.test ?? []
  const pairs = sweeps
    .filter(({ optimizer: { kind, rate } }) => kind !== 'adadelta' || !exceptions.includes(rate))
    .map(({ optimizer: { kind, rate } }) => [test(a, kind, rate), test(b, kind, rate)] as const)
  if (pairs.some((both) => both.some((seeds) => seeds.length < 2))) return null
  return pairs.every(([ours, theirs]) => Math.min(...ours) > Math.max(...theirs))
}

/** The original's own accuracy at an epoch, printed for its published setting: the sweep's length is the tenth. */
export const publishedAtEpoch = (data: SiteData, experiment: string, epoch: number): number | null =>
  experimentData(data, experiment).published?.curve.find(([at]) => at === epoch)?.[4] ?? null
