import { join } from 'node:path'
import { findNative } from '../engine/native/install.ts'
import { parameterCount } from '../models/layers.ts'
import type { BenchMeasurement } from '../results/bench-record.ts'
import { UsageError } from '../runs/plan.ts'
import {
  configuration,
  ContenderError,
  layersOf,
  startContender,
  traceVariables,
  type Contender,
  type ContenderName,
  type ModelName,
  type PeerName,
} from './contender.ts'
import { installPeer } from './install-peer.ts'

/** How the cores are used: processes side by side, and threads in each. */
export interface Layout {
  processes: number
  threads: number
}

/** One of those compared: its processes, all with the same models in the same settings. */
export interface Side {
  name: ContenderName
  processes: Contender[]
  /** By model. */
  settings: Map<ModelName, { setting: string; granularity: number }>
}

export interface BenchOptions {
  peers: readonly PeerName[]
  /** The folder with the images. */
  data: string
  /** Whether peers look for their fastest setting. */
  trials: boolean
  /** Whether oneDNN tells what it does (`Contender.takeTrace`). */
  trace?: boolean
  log: (line: string) => void
}

/** Puts in place what peers need. Throws `UsageError` where the native engine, which is ours, is not in place. */
export async function installContenders(peers: readonly PeerName[], log: (line: string) => void): Promise<void> {
  if (!findNative())
    throw new UsageError('what is measured is the native engine, and it is not in place: npm run engine puts it there')
  for (const peer of peers) await installPeer(peer, log)
}

/** Starts the processes of ours and of each peer, and ends them when their use has come to an end, whichever. */
export async function withSides<Result>(
  options: BenchOptions,
  layout: Layout,
  use: (sides: Side[]) => Promise<Result>,
): Promise<Result> {
  const sides: Side[] = []
  try {
    await startSides(sides, options, layout)
    return await use(sides)
  } finally {
    sides.forEach((side) => side.processes.forEach((one) => one.close()))
  }
}

/** Adds every side that has been started to `sides`, also where another can't be. */
async function startSides(sides: Side[], options: BenchOptions, { processes, threads }: Layout): Promise<void> {
  const told = configuration(threads, options.trials, options.data)
  for (const name of ['ours', ...options.peers] as const) {
    const command =
      name === 'ours'
        ? { file: process.execPath, args: [join(import.meta.dirname, 'ours.ts')], env: {} }
        : await installPeer(name, options.log)
    const env = { ...command.env, ...(options.trace && traceVariables) }
    const started = Array.from({ length: processes }, () => startContender(name, { ...command, env }, told))
    const ends = await Promise.allSettled(started)
    sides.push({
      name,
      processes: ends.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      settings: new Map(),
    })
    await Promise.all(started)
  }
}

/** Builds a model on every side: its first process looks for the fastest setting, the others follow. */
async function chooseSettings(sides: readonly Side[], model: ModelName, log: (line: string) => void) {
  const parameters = parameterCount(layersOf(model))
  for (const side of sides) {
    const [first, ...others] = side.processes
    const chosen = await first!.ask('choose', { model })
    if (chosen.parameters !== parameters)
      throw new ContenderError(`${side.name} built ${model} with ${chosen.parameters} parameters instead of ${parameters}`)
    await Promise.all(others.map((other) => other.ask('choose', { model, setting: chosen.setting })))
    side.settings.set(model, chosen)
    const tried = Object.entries(chosen.tried).map(([setting, ms]) => `${setting} ${ms.toFixed(1)} ms`)
    if (tried.length > 1) log(`  ${side.name}, ${model}: ${chosen.setting} (tried: ${tried.join('; ')})`)
  }
}

/** The settings of the peers for a model, as a measurement keeps them. */
export const settingsFor = (sides: readonly Side[], model: ModelName): BenchMeasurement['settings'] =>
  Object.fromEntries(
    sides.filter(({ name }) => name !== 'ours').map(({ name, settings }) => [name, settings.get(model)!.setting]),
  )

/** How many steps take about so long, as a multiple of what the setting takes at once. */
async function stepsFor(side: Side, model: ModelName, milliseconds: number): Promise<number> {
  const { granularity } = side.settings.get(model)!
  const least = Math.max(granularity, 2)
  const perStep = await stepMilliseconds(side, model, least)
  return Math.max(least, Math.round(milliseconds / perStep / granularity) * granularity)
}

/** Builds a model on every side, in the setting it is fastest in. @returns how many steps of each side take about so long */
export async function prepareModel(
  sides: readonly Side[],
  model: ModelName,
  milliseconds: number,
  log: (line: string) => void,
): Promise<Map<Side, number>> {
  await chooseSettings(sides, model, log)
  const steps = new Map<Side, number>()
  for (const side of sides) steps.set(side, await stepsFor(side, model, milliseconds))
  return steps
}

/** Milliseconds a step: all processes of a side train at once, and a step counts as what all take, divided by the steps of all. */
export async function stepMilliseconds(side: Side, model: ModelName, steps: number): Promise<number> {
  const answers = await Promise.all(side.processes.map((one) => one.ask('train', { model, steps })))
  if (answers.some(({ loss }) => !Number.isFinite(loss)))
    throw new ContenderError(`${side.name}: the loss of ${model} is not finite`)
  return Math.max(...answers.map(({ ms }) => ms)) / (steps * answers.length)
}

/**
 * Measures all sides in turns: each round in an order moved on by one, so that none is always first.
 * @param measure one block of a side
 */
export async function takeTurns<One>(
  ones: readonly One[],
  rounds: number,
  measure: (one: One) => Promise<Record<string, number>>,
  onBlock: () => void = () => {},
): Promise<BenchMeasurement['rounds']> {
  const all: BenchMeasurement['rounds'] = []
  for (let round = 0; round < rounds; round++) {
    const values: Record<string, number> = {}
    for (let i = 0; i < ones.length; i++) {
      Object.assign(values, await measure(ones[(round + i) % ones.length]!))
      onBlock()
    }
    all.push(values)
  }
  return all
}
