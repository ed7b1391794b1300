import { experiments, mainSeed, protocols, type Experiment, type RunName } from '../catalogue.ts'
import type { Protocol } from '../training/protocol.ts'

/** A run with what the catalogue says of it. */
export interface PlannedRun {
  experiment: Experiment
  protocol: Protocol
  seed: number
}

/** What was asked for isn't in the catalogue, or can't be asked for; the message lists what there is. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

function find<T extends { name: string }>(kind: string, list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name)
  if (!found) throw new UsageError(`there is no ${kind} ${name}; there are: ${list.map((item) => item.name).join(', ')}`)
  return found
}

/** Why a run can't be planned: what of it has left the catalogue. Empty where it can. */
export const goneFromCatalogue = ({ experiment, protocol }: RunName): string[] => [
  ...(experiments.some(({ name }) => name === experiment)
    ? []
    : [`the experiment ${experiment} is not in the catalogue any more`]),
  ...(protocols.some(({ name }) => name === protocol) ? [] : [`the protocol ${protocol} is not in the catalogue any more`]),
]

/**
 * The catalogue's protocol of that name.
 * @throws UsageError where it has none
 */
export const findProtocol = (name: string): Protocol => find('protocol', protocols, name)
const findExperiment = (name: string): Experiment => find('experiment', experiments, name)

/**
 * A run by name, with what the catalogue says of it.
 * @throws UsageError where it lacks the experiment or the protocol
 */
export const planRun = (run: RunName): PlannedRun => ({
  experiment: findExperiment(run.experiment),
  protocol: findProtocol(run.protocol),
  seed: run.seed,
})

export const runName = ({ experiment, protocol, seed }: PlannedRun): RunName => ({
  experiment: experiment.name,
  protocol: protocol.name,
  seed,
})

/** The one command that makes this one record. */
export const trainCommandOf = ({ experiment, protocol, seed }: RunName): string =>
  `npm run experiments -- train ${experiment} --protocol ${protocol} --seeds ${seed}`

/**
 * Every run of these experiments (none named: all), protocol and seeds (none named: the protocol's main one), each once.
 * @throws UsageError where the catalogue lacks one
 */
export function planRuns(
  experimentNames: readonly string[],
  protocolName: string,
  seeds: readonly number[] | undefined,
): PlannedRun[] {
  const protocol = findProtocol(protocolName)
  const chosen = experimentNames.length ? [...new Set(experimentNames)].map(findExperiment) : experiments
  return (seeds ?? [mainSeed(protocol)]).flatMap((seed) => chosen.map((experiment) => ({ experiment, protocol, seed })))
}
