import { median } from 'd3-array'
import { inThreads, type Profile } from '../results/bench-profile.ts'
import type { ProfileRecord } from '../results/bench-record.ts'
import { ContenderError, modelNames, type ModelName } from './contender.ts'
import { profileCalls, readCall } from './primitive-calls.ts'
import { provideImages } from './provide-images.ts'
import { installContenders, prepareModel, stepMilliseconds, takeTurns, withSides, type Side } from './sides.ts'

/** Peers that compute with oneDNN's primitives as ours does, so that the same trace tells of both. */
export const profiledPeers = ['keras'] as const

interface Amounts {
  rounds: number
  /** Milliseconds of a block. */
  block: number
}

/**
 * Profiles the training step of every model, with one thread and with two, each side in turns: oneDNN's own trace of its primitives
 * beside the clock. The peer is in its first setting, which it is fastest in or close to that.
 * @throws ContenderError where the library says nothing of oneDNN's primitives
 */
export async function measureProfiles(
  peers: readonly (typeof profiledPeers)[number][],
  quick: boolean,
  log: (line: string) => void,
): Promise<Pick<ProfileRecord, 'profiles' | 'versions' | 'dataset'>> {
  await installContenders(peers, log)
  const amounts = quick ? { rounds: 1, block: 1 } : { rounds: 3, block: 1000 }
  const images = provideImages(quick)
  const versions: Record<string, string> = {}
  const profiles: Profile[] = []
  try {
    for (const threads of [1, 2]) {
      const options = { peers, data: images.folder, trials: false, trace: true, log }
      await withSides(options, { processes: 1, threads }, async (sides) => {
        for (const { name, processes } of sides) versions[name] = processes[0]!.versions
        for (const model of modelNames) {
          log(`${model}, ${inThreads(threads)}`)
          profiles.push(...(await profileModel(model, sides, amounts, log)))
        }
      })
    }
  } finally {
    images.remove()
  }
  return { versions, dataset: images.source, profiles }
}

async function profileModel(model: ModelName, sides: Side[], { rounds, block }: Amounts, log: (line: string) => void) {
  const steps = await prepareModel(sides, model, block, log)
  for (const { processes } of sides) processes[0]!.takeTrace()

  const traces = new Map<Side, string[]>(sides.map((side) => [side, []]))
  const [ours] = sides[0]!.processes
  const multiply = async () => {
    const { gigaflops } = await ours!.ask('multiply', { ms: block / 3 })
    ours!.takeTrace()
    return { gigaflops }
  }
  const step = async (side: Side) => {
    const milliseconds = await stepMilliseconds(side, model, steps.get(side)!)
    traces.get(side)!.push(...side.processes[0]!.takeTrace())
    return { [side.name]: milliseconds }
  }
  const turns = await takeTurns([multiply, ...sides], rounds, (one) => (typeof one === 'function' ? one() : step(one)))

  return sides.map((side): Profile => {
    const calls = traces.get(side)!.flatMap((line) => readCall(line) ?? [])
    if (calls.length === 0)
      throw new ContenderError(`${side.name}: its TensorFlow says nothing of oneDNN's primitives, so there is nothing to profile`)
    const profiled = rounds * steps.get(side)!
    return {
      of: side.name as Profile['of'],
      experiment: model,
      threads: side.processes[0]!.threads,
      setting: side.settings.get(model)!.setting,
      steps: profiled,
      ms: turns.reduce((sum, turn) => sum + turn[side.name]!, 0) / rounds,
      peakGigaflops: median(turns, (turn) => turn['gigaflops'])!,
      ...profileCalls(calls, profiled),
    }
  })
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`

/** Each profile in a line, for the terminal. */
export const describeProfiles = ({ profiles, minutes }: Pick<ProfileRecord, 'profiles' | 'minutes'>): string =>
  [
    ...profiles.map(({ of, experiment, threads, ms, busy }) => {
      const [convolutions, multiplying, primitives] = [busy.convolutions, busy.multiplying, busy.primitives].map((time) =>
        percent(time / ms),
      )
      return (
        `${experiment}, ${inThreads(threads)}, ${of}: ${ms.toFixed(2)} ms a step, ` +
        `${convolutions} of it in convolutions, ${multiplying} with matrix products, ${primitives} with all of oneDNN's primitives`
      )
    }),
    `${minutes.toFixed(1)} minutes`,
  ].join('\n')
