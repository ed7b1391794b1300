import { mean } from 'd3-array'
import { plannedRuns } from '../../../experiments/catalogue.ts'
import { sweeps } from '../../../experiments/protocols.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import type { Optimizer } from '../../../experiments/training/protocol.ts'
import { all, type Holds } from '../holds.ts'
import { testAccuracy } from '../measures.ts'
import type { SiteData } from '../site-data.ts'
import { experimentData } from '../site-data.ts'

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
          test: runs.map(testAccuracy),
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

/** What was run of one setting; undefined where nothing was. */
const pointAt = (sweep: Sweep, experiment: string, optimizer: OptimizerKind, rate: number): SweepPoint | undefined =>
  sweep.points.find((one) => one.experiment === experiment && one.optimizer === optimizer && one.rate === rate)

/** What was run of Adadelta at a rate; undefined where nothing was. */
export const adadeltaAt = (sweep: Sweep, experiment: string, rate: number): SweepPoint | undefined =>
  pointAt(sweep, experiment, 'adadelta', rate)

/** Whether in one setting every seed of A reads more than every seed of B; null before both have two. */
export function everySeedReadsMore(sweep: Sweep, a: string, b: string, optimizer: OptimizerKind, rate: number): Holds {
  const [ours, theirs] = [a, b].map((network) => pointAt(sweep, network, optimizer, rate)?.test)
  return ours && theirs && Math.min(ours.length, theirs.length) > 1 ? Math.min(...ours) > Math.max(...theirs) : null
}

/** Whether it does in all settings of the sweep but these of Adadelta; null before each was run with two seeds. */
export const aheadExceptAt = (sweep: Sweep, a: string, b: string, exceptions: readonly number[]): Holds =>
  all(
    sweeps
      .filter(({ optimizer: { kind, rate } }) => kind !== 'adadelta' || !exceptions.includes(rate))
      .map(({ optimizer: { kind, rate } }) => everySeedReadsMore(sweep, a, b, kind, rate)),
  )

/** The rates at which Adadelta is swept. */
export const adadeltaRates = sweeps.flatMap(({ optimizer: { kind, rate } }) => (kind === 'adadelta' ? rate : []))

/** As good as the best: within this of its mean validation accuracy. */
export const nearBest = 0.01

/** The rates of an optimizer at which a network's mean validation accuracy is about its best, ascending; empty while none was run. */
export function nearBestRates(sweep: Sweep, experiment: string, optimizer: OptimizerKind): number[] {
  const own = sweep.points.filter((point) => point.experiment === experiment && point.optimizer === optimizer)
  const best = Math.max(...own.map(({ validation }) => mean(validation) ?? NaN))
  return own.filter(({ validation }) => (mean(validation) ?? NaN) >= best - nearBest).map(({ rate }) => rate)
}

/** The original's own accuracy at an epoch, printed for its published setting: the sweep's length is the tenth. */
export const publishedAtEpoch = (data: SiteData, experiment: string, epoch: number): number | null =>
  experimentData(data, experiment).published?.curve.find(([at]) => at === epoch)?.[4] ?? null
