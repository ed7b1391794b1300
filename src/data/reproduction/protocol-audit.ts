import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import { mean } from 'd3-array'
import { protocols } from '../../../experiments/protocols.ts'
import { z95, type Interval } from '../../../experiments/statistics/interval.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { stoppingEpoch } from '../../../experiments/results/stopping-epoch.ts'
import { endedRuns } from '../ended-runs.ts'
import { all, type Holds } from '../holds.ts'
import { testAccuracy, updatesPerEpoch } from '../measures.ts'
import type { SiteData } from '../site-data.ts'

/** The two audits: everything as in `corrected`, 100 epochs, no early stop, at each rate. */
export const auditProtocols = ['audit-1.0', 'audit-0.001'] as const
export type AuditProtocol = (typeof auditProtocols)[number]
/** As tables write them. */
export const auditRates: Record<AuditProtocol, string> = { 'audit-1.0': 'at rate 1.0', 'audit-0.001': 'at 0.001' }
/** The networks that were audited. */
export const auditedNetworks = ['cnn', 'fcnn'] as const
type ChosenBy = 'last' | 'validation' | 'test'

/** A difference of test accuracies in shares, and its 95 % interval; null where fewer than three runs give it: they speak for themselves. */
export interface Cost {
  value: number
  interval: Interval | null
  /** Of each run or seed. */
  values: readonly number[]
}

/** Runs of a protocol, of one experiment if it is named. */
export const runsOfProtocol = (data: SiteData, protocol: string, experiment?: string): RunRecord[] =>
  data.allRuns.filter((run) => run.protocol === protocol && (experiment === undefined || run.experiment === experiment))

/** Test score of an audit run at the epoch that one criterion chose. */
const chosen = (run: RunRecord, by: ChosenBy) => run.evaluation.alsoScored?.find(({ chosenBy }) => chosenBy === by)

const costOf = (differences: readonly number[]): Cost | null => {
  if (differences.length === 0) return null
  const { mean: value, interval } = pairedSeeds(differences)
  return { value, interval: differences.length > 2 ? interval : null, values: differences }
}

/** Where the original's stopping rule would have ended an audit run, and the test accuracy there. */
export interface Stop {
  epoch: number
  accuracy: number
  /** Whether the rule fired at all. */
  fired: boolean
}

/** The original's rule, ten epochs after the lowest loss, applied to the losses that an audit run recorded. */
function stoppedBy(run: RunRecord, monitor: 'testLoss' | 'valLoss'): Stop | null {
  const rule = protocols.find(({ name }) => name === 'published')!.stopping!
  const stop = stoppingEpoch(run.history, rule, (row) => row[monitor])
  const { epoch, testAccuracy } = stop === null ? run.history.at(-1)! : run.history[stop - 1]!
  return testAccuracy === undefined ? null : { epoch, accuracy: testAccuracy, fired: stop !== null }
}

/** What one audit run scores at the epochs that test set, validation set and the end choose. */
export interface AuditedRun {
  run: RunRecord
  epochs: Record<ChosenBy, number>
  accuracy: Record<ChosenBy, number>
  /** Of the last weights, where the original's rule would have stopped on either loss; null where the test loss was not recorded. */
  byRule: { test: Stop; validation: Stop } | null
  /** What choosing the epoch on the test set gains: test-chosen minus validation-chosen. */
  stopping: Cost
}

/**
 * Every audit run at a rate, of one network if it is named. The interval of one run takes the two scores for independent ones: they are of the same network some epochs apart,
 * on the same images, so that it is too wide.
 */
export function auditedRuns(data: SiteData, protocol: AuditProtocol, experiment?: string): AuditedRun[] {
  return runsOfProtocol(data, protocol, experiment).flatMap((run) => {
    const [last, validation, test] = [chosen(run, 'last'), chosen(run, 'validation'), chosen(run, 'test')]
    if (!last || !validation || !test) return []
    const accuracy = { last: last.test.accuracy, validation: validation.test.accuracy, test: test.test.accuracy }
    const variance = (p: number) => (p * (1 - p)) / run.evaluation.test.images
    // The same epoch is the same weights, which differ from themselves on no images.
    const half = test.epoch === validation.epoch ? 0 : z95 * Math.sqrt(variance(accuracy.test) + variance(accuracy.validation))
    const value = accuracy.test - accuracy.validation
    const [onTest, onValidation] = [stoppedBy(run, 'testLoss'), stoppedBy(run, 'valLoss')]
    return [
      {
        run,
        epochs: { last: last.epoch, validation: validation.epoch, test: test.epoch },
        accuracy,
        byRule: onTest && onValidation && { test: onTest, validation: onValidation },
        stopping: { value, interval: { low: value - half, high: value + half }, values: [value] },
      },
    ]
  })
}

/** What a criterion gives above another, over a network's audit runs at a rate. */
export const criterionCost = (
  data: SiteData,
  protocol: AuditProtocol,
  experiment: string,
  of: ChosenBy,
  above: ChosenBy,
): Cost | null => costOf(auditedRuns(data, protocol, experiment).map(({ accuracy }) => accuracy[of] - accuracy[above]))

/** What the original's rule gives by stopping on the test loss, above stopping on the validation loss. */
export const ruleCost = (data: SiteData, protocol: AuditProtocol, experiment: string): Cost | null =>
  costOf(
    auditedRuns(data, protocol, experiment).flatMap(({ byRule }) =>
      byRule ? byRule.test.accuracy - byRule.validation.accuracy : [],
    ),
  )

/** Whether the original's rule would have ended no audit run of a network, on either loss: then there was no end to choose. */
export const neverStopped = (data: SiteData, protocol: AuditProtocol, experiment: string): boolean =>
  auditedRuns(data, protocol, experiment).every(({ byRule }) => byRule && !byRule.test.fired && !byRule.validation.fired)

/** Whether choosing the epoch on the test set gained less than this in every audit run; null while there is none. */
export function stoppingGainsLess(data: SiteData, than: number): boolean | null {
  const all = auditProtocols.flatMap((protocol) => auditedRuns(data, protocol))
  return all.length ? all.every(({ stopping }) => stopping.value < than) : null
}

/** What the rate of 0.001 costs in 100 epochs, all else equal, each at the epoch that validation chose. */
export function rateCost(data: SiteData, experiment: string): Cost | null {
  const [usual, slow] = auditProtocols.map((protocol) => auditedRuns(data, protocol, experiment))
  return costOf(
    usual!.flatMap((one) =>
      slow!.filter(({ run }) => run.seed === one.run.seed).map((other) => one.accuracy.validation - other.accuracy.validation),
    ),
  )
}

/** What the choices of epoch and weights cost or gain at most, in any of a network's audit runs at each rate. */
const choiceCosts = (data: SiteData, experiment: string): number[] =>
  auditProtocols
    .flatMap((protocol) => [
      ruleCost(data, protocol, experiment),
      criterionCost(data, protocol, experiment, 'test', 'validation'),
      criterionCost(data, protocol, experiment, 'validation', 'last'),
    ])
    .flatMap((cost) => (cost ? cost.values.map(Math.abs) : []))

/** Whether the rate costs every audited network more than ten times what any choice of the epoch or the weights does in any run; null while one is not known. */
export function rateCostsMost(data: SiteData): Holds {
  return all(
    auditedNetworks.map((name) => {
      const rate = rateCost(data, name)
      return rate && choiceCosts(data, name).every((cost) => rate.value > 10 * cost)
    }),
  )
}

/** Whether the weights of the last epoch and those that validation chose score within this of each other in every audit run; null while there is none. */
export function lastWeightsWithin(data: SiteData, distance: number): Holds {
  const runs = auditProtocols.flatMap((protocol) => auditedRuns(data, protocol))
  return runs.length ? runs.every(({ accuracy }) => Math.abs(accuracy.validation - accuracy.last) < distance) : null
}

/** Whether stopping by the original's rule on the test loss gained in some audit runs and cost in others; null while none recorded it. */
export function ruleGoesEitherWay(data: SiteData): Holds {
  const gains = auditProtocols.flatMap((protocol) =>
    auditedNetworks.flatMap((name) => ruleCost(data, protocol, name)?.values ?? []),
  )
  return gains.length ? Math.min(...gains) < 0 && Math.max(...gains) > 0 : null
}

/** What a hundred epochs at rate 1.0 give above our protocol, run by run of the same seed, each at the epoch that validation chose. */
export const longTrainingGains = (data: SiteData, experiment: string): number[] =>
  pairsOfSeed(runsOfProtocol(data, 'audit-1.0', experiment), runsOfProtocol(data, 'corrected', experiment)).flatMap(
    ([longer, ours]) => {
      const found = chosen(longer, 'validation')
      return found ? found.test.accuracy - ours.evaluation.test.accuracy : []
    },
  )

/**
 * What all of the original's choices cost together: the mean test accuracy of our runs minus that of converged runs by its protocol,
 * and how many each are. Their seeds differ, so that they are not paired.
 */
export function allTogether(data: SiteData, experiment: string): { value: number; ours: number; theirs: number } | null {
  const ours = runsOfProtocol(data, 'corrected', experiment)
  const theirs = runsOfProtocol(endedRuns(data), 'published', experiment)
  if (ours.length === 0 || theirs.length === 0) return null
  return { value: mean(ours, testAccuracy)! - mean(theirs, testAccuracy)!, ours: ours.length, theirs: theirs.length }
}

/**
 * What of augmentation's gain is longer training: the gain in test accuracy at the last epochs, and at as many updates as the run
 * without augmentation and of the same seed made in all; of the first pair of runs by the original's protocol, whose augmented epochs
 * are ten times as long.
 * @returns `stoppedAt`: the last epoch of an augmented run that was stopped at its budget; null where its rule ended it
 */
export function gainAtEqualUpdates(
  data: SiteData,
  augmented: string,
  plain: string,
): { atEnd: number; atEqual: number; stoppedAt: number | null } | null {
  const [pair] = pairsOfSeed(runsOfProtocol(data, 'published', augmented), runsOfProtocol(data, 'published', plain))
  if (!pair) return null
  const [longer, shorter] = pair
  if (shorter.status !== 'converged') return null
  const epoch = Math.floor((shorter.epochs * updatesPerEpoch(shorter)) / updatesPerEpoch(longer))
  const row = longer.history[epoch - 1]
  if (!row) return null
  const end = shorter.history.at(-1)!.valAccuracy
  return {
    atEnd: longer.history.at(-1)!.valAccuracy - end,
    atEqual: row.valAccuracy - end,
    stoppedAt: longer.status === 'converged' ? null : longer.epochs,
  }
}
