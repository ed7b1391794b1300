import { group, sum } from 'd3-array'
import type { Profile } from '../../../experiments/results/bench-profile.ts'
import { spreadOf, timesAsFast } from '../../../experiments/results/bench-summary.ts'
import { percent } from '../../charts/format.ts'
import { benchRecord } from './bench-records.ts'
import { experimentData, type SiteData } from '../site-data.ts'
import { asFastest, asKeras, benchPeers, fastestPeer, speedTargets } from './speed-targets.ts'
import { boundAgainstKeras, stepProfile } from './step-profile.ts'
import { writeNumber } from '../write-number.ts'

/** What benchmarks found, as prose has it, and the table it is from. */
export interface SpeedFact {
  text: string
  /** What was measured, for a reader who asks; none for text that says it itself. */
  title?: string
  table: string
}

type Fact = (data: SiteData, experiment: string) => SpeedFact | null

const factor = (value: number) => writeNumber(value, 'factor')
const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)}\u00a0ms`
const titleOf = (data: SiteData, experiment: string) => experimentData(data, experiment).experiment.title

const step = (data: SiteData, experiment: string, processes: number) =>
  benchRecord(data, 'speed')?.measurements.find(
    (one) => one.of === 'step' && one.experiment === experiment && one.processes === processes,
  )

/** The median ratio to a peer in a training step with two threads. */
function timesPeer(data: SiteData, experiment: string, choose: typeof fastestPeer): SpeedFact | null {
  const measured = step(data, experiment, 1)
  const peer = measured && choose(measured)
  const times = peer && timesAsFast(measured, 'ours', peer)
  if (!times) return null
  const title = `${titleOf(data, experiment)}: times as fast as ${benchPeers[peer]}, training step, two threads, median of rounds`
  return { text: factor(times.median), title, table: 'speed-steps' }
}

/** The share of a step, with one thread, in which some primitives run. */
function shareBusy(data: SiteData, experiment: string, part: keyof Profile['busy'], named: string): SpeedFact | null {
  const profile = stepProfile(data, 'ours', experiment, 1)
  if (!profile) return null
  return {
    text: percent(profile.busy[part] / profile.ms),
    title: `${titleOf(data, experiment)}: time in oneDNN’s ${named} ÷ time of a training step, one thread`,
    table: 'speed-bounds',
  }
}

export const speedFacts = {
  /** How many times as fast as Keras a training step is. */
  'times-keras': (data, experiment) => timesPeer(data, experiment, () => 'keras'),
  /** The same, of the fastest peer. */
  'times-fastest': (data, experiment) => timesPeer(data, experiment, fastestPeer),
  'fastest-peer': (data, experiment) => {
    const measured = step(data, experiment, 1)
    const peer = measured && fastestPeer(measured)
    return peer ? { text: benchPeers[peer], title: 'The peer with the shortest median step', table: 'speed-steps' } : null
  },
  /** "11 of 16" */
  'targets-met': (data) => {
    const judged = speedTargets(data).filter(({ met }) => met !== null)
    if (judged.length === 0) return null
    const met = judged.filter((target) => target.met).length
    const all = met === judged.length ? `all ${met}` : `${met} of ${judged.length}`
    return { text: all, title: 'Targets met, of those measured', table: 'speed-targets' }
  },
  /** "CNN, step (1.17 instead of 1.40 with 2 threads, …); …", "none" */
  'targets-missed': (data) => {
    const results = speedTargets(data)
    if (results.every(({ met }) => met === null)) return null
    const missed = [
      ...group(
        results.filter(({ met }) => met === false),
        ({ subject, as }) => subject + (as === asFastest ? '' : `, ${as}`),
      ),
    ].map(([what, of]) => {
      const each = of.map(({ measured, wanted, cores }) =>
        `${factor(measured!.median)} instead of ${factor(Object.values(wanted)[0]!)} ${cores}`.trim(),
      )
      return `${what} (${each.join(', ')})`
    })
    return { text: missed.join('; ') || 'none', table: 'speed-targets' }
  },
  /** The share of a step, with one thread, in convolutions. */
  'share-convolutions': (data, experiment) => shareBusy(data, experiment, 'convolutions', 'convolutions'),
  /** The same, with matrix products. */
  'share-multiplying': (data, experiment) => shareBusy(data, experiment, 'multiplying', 'convolutions and products'),
  /** The share of the machine's peak that a step reaches while it multiplies, with one thread. */
  'peak-multiplying': (data, experiment) => {
    const profile = stepProfile(data, 'ours', experiment, 1)
    if (!profile) return null
    const gigaflops = sum(profile.primitives, (primitive) => primitive.gigaflops)
    return {
      text: percent((1000 * gigaflops) / profile.busy.multiplying / profile.peakGigaflops),
      title: `${titleOf(data, experiment)}: operations ÷ time of convolutions and products ÷ the machine’s peak, one thread`,
      table: 'speed-profile-cnn',
    }
  },
  /** How many times as fast as Keras' a step with two threads would be if only the multiplications took time. */
  'times-keras-at-best': (data, experiment) => {
    const bound = boundAgainstKeras(data, experiment, 2)
    if (!bound) return null
    return {
      text: factor(bound.multiplying),
      title: `${titleOf(data, experiment)}: time of Keras’ step ÷ time in which ours multiplies, two threads`,
      table: 'speed-bounds',
    }
  },
  /** What the target against Keras for a step with two threads leaves for all that does not multiply, as a sentence. */
  'room-in-target': (data, experiment) => {
    const [ours, keras] = (['ours', 'keras'] as const).map((of) => stepProfile(data, of, experiment, 2))
    // A target against Keras alone, where there is one, stands behind that against the fastest.
    const target = speedTargets(data).findLast(
      ({ subject, cores, as }) =>
        subject === `${titleOf(data, experiment)}, step` && cores === 'with 2 threads' && [asFastest, asKeras].includes(as),
    )
    if (!ours || !keras || !target || !('least' in target.wanted)) return null
    const allowed = keras.ms / target.wanted.least
    const { multiplying } = ours.busy
    const left =
      allowed <= multiplying
        ? `less than the ${milliseconds(multiplying)} in which ours multiplies: no saving elsewhere reaches the target`
        : `which leaves ${milliseconds(allowed - multiplying)} in which nothing multiplies; now that is ${milliseconds(ours.ms - multiplying)}`
    return {
      text: `A step ${factor(target.wanted.least)} times as fast as Keras’, the target, would take ${milliseconds(allowed)}, ${left}`,
      table: 'speed-bounds',
    }
  },
  /** How many times as long a step takes on WebAssembly as on one thread of the native engine. */
  'portable-takes': (data, experiment) => {
    const record = benchRecord(data, 'portable')
    // Times of two processors say nothing together.
    if (record?.machine.cpu !== benchRecord(data, 'speed')?.machine.cpu) return null
    const portable = record?.measurements.find((one) => one.experiment === experiment)
    const measured = step(data, experiment, 2)
    const [slow, fast] = [portable && spreadOf(portable, 'ours'), measured && spreadOf(measured, 'ours')]
    if (!slow || !fast || !measured) return null
    return {
      // Two processes share a step's time between them.
      text: writeNumber(slow.median / (fast.median * measured.processes), 'seconds'),
      title: `${titleOf(data, experiment)}: a step on WebAssembly ÷ a step of the native engine with one thread, medians of two benchmarks`,
      table: 'speed-portable',
    }
  },
} satisfies Record<string, Fact>

export type SpeedFactName = keyof typeof speedFacts

/** A fact by its name; null while it is not measured. */
export const speedFact = (data: SiteData, name: SpeedFactName, experiment: string): SpeedFact | null =>
  speedFacts[name](data, experiment)
