import { sum } from 'd3-array'
import type { BenchMeasurement, BenchRecord } from '../results/bench-record.ts'
import { modelNames, type PeerName } from './contender.ts'
import { describeMachine } from './machine.ts'
import { measureAugmentation, measureEpoch, measureEvaluation, measureStep, measureSuite, type Amounts } from './measure.ts'
import { provideImages } from './provide-images.ts'
import { benchProgress, type BenchProgress } from './progress.ts'
import { installContenders, withSides, type BenchOptions, type Layout, type Side } from './sides.ts'

const full: Amounts = {
  rounds: 9,
  block: 1000,
  suite: { rounds: 3, steps: 200 },
  epoch: { rounds: 5, images: { cnn: 12_000, fcnn: 60_000 } },
}

/** Enough to see that everything works. */
const trial: Amounts = {
  rounds: 2,
  block: 1,
  suite: { rounds: 1, steps: 1 },
  epoch: { rounds: 1, images: { cnn: 240, fcnn: 240 } },
}

/** One process with two threads, and two with one each. */
const layouts: Layout[] = [
  { processes: 1, threads: 2 },
  { processes: 2, threads: 1 },
]

interface Part {
  title: string
  /** Seconds to expect, on a machine of two cores. */
  expected: number
  blocks: number
  measure: (sides: readonly Side[]) => Promise<BenchMeasurement>
}

const inWords = ({ processes, threads }: Layout) => (processes === 1 ? `${threads} threads` : `${processes} processes`)

/** What is measured in a layout, in order. */
function partsIn(layout: Layout, amounts: Amounts, peers: readonly PeerName[], progress: () => BenchProgress): Part[] {
  const block = amounts.block / 1000
  const measuring = (sides: readonly Side[]) => ({ sides, layout, amounts, log: progress().log, onBlock: progress().block })
  const contenders = peers.length + 1
  const common = (blocks: number, seconds: number, setup = 0) => ({ blocks, expected: blocks * seconds + setup })
  const steps = modelNames.map((model): Part => ({
    title: `training step, ${model}, ${inWords(layout)}`,
    // A peer's trial of its settings takes a while, and JAX' convolutions are slow.
    ...common(amounts.rounds * (contenders + 1), 1.1 * block, 18 * peers.length + 1),
    measure: (sides) => measureStep(model, measuring(sides)),
  }))
  if (layout.processes > 1) {
    const both = peers.includes('keras') ? 2 : 1
    return [
      ...steps,
      {
        title: 'augmentation',
        ...common(amounts.rounds * both, block),
        measure: (sides) => measureAugmentation(measuring(sides)),
      },
      {
        title: `all five experiments, ${amounts.suite.steps} steps each, ${inWords(layout)}`,
        ...common(amounts.suite.rounds * both, amounts.suite.steps / 5),
        measure: (sides) => measureSuite(measuring(sides)),
      },
    ]
  }
  return [
    ...steps,
    ...modelNames.map((model): Part => ({
      title: `predictions, ${model}, ${inWords(layout)}`,
      ...common(amounts.rounds * contenders, block),
      measure: (sides) => measureEvaluation(model, measuring(sides)),
    })),
    ...(['cnn', 'fcnn'] as const).map((model): Part => ({
      title: `an epoch, ${model}, ${inWords(layout)}`,
      ...common(amounts.epoch.rounds * 3, amounts.epoch.images[model] / 3000 / (model === 'cnn' ? 1 : 6)),
      measure: (sides) => measureEpoch(model, measuring(sides)),
    })),
  ]
}

/**
 * Measures ours and the peers in turns and returns all of it as a record. Long-lived processes, told what to do: first one with two
 * threads for each, then two with one.
 * @param quick two short rounds of everything, without looking for the peers' fastest settings
 */
export async function measureAll(peers: readonly PeerName[], quick: boolean): Promise<BenchRecord> {
  await installContenders(peers, console.log)
  const [machine, start] = [describeMachine(), new Date().toISOString()]
  const amounts = quick ? trial : full
  const images = provideImages(quick)

  const seconds = () => performance.now() / 1000
  const begin = seconds()
  const plan = layouts.map((layout) => ({ layout, parts: partsIn(layout, amounts, peers, () => progress) }))
  const total = sum(
    plan.flatMap(({ parts }) => parts),
    ({ expected }) => expected,
  )
  const progress = benchProgress(total, seconds, process.stdout.isTTY && process.stderr.isTTY)
  const options: BenchOptions = { peers, data: images.folder, trials: !quick, log: progress.log }
  const measurements: BenchMeasurement[] = []
  const versions: Record<string, string> = {}
  try {
    for (const { layout, parts } of plan) {
      await withSides(options, layout, async (sides) => {
        for (const { name, processes } of sides) versions[name] = processes[0]!.versions
        for (const { title, expected, blocks, measure } of parts) {
          progress.begin(title, expected, blocks)
          measurements.push(await measure(sides))
        }
      })
    }
  } finally {
    progress.stop()
    images.remove()
  }
  const minutes = (seconds() - begin) / 60
  return { schemaVersion: 1, kind: 'speed', start, minutes, quick, machine, dataset: images.source, versions, measurements }
}
