import type { BenchMeasurement } from '../results/bench-record.ts'
import { describeLayers } from '../models/layers.ts'
import { experiments } from '../catalogue.ts'
import { estimateSeconds } from '../runs/estimate.ts'
import { findProtocol } from '../runs/plan.ts'
import { configuration, layersOf, modelNames, type ModelName } from './contender.ts'
import { prepareModel, settingsFor, stepMilliseconds, takeTurns, type Layout, type Side } from './sides.ts'

/** How much is measured. */
export interface Amounts {
  rounds: number
  /** Milliseconds of a block. */
  block: number
  suite: { rounds: number; steps: number }
  epoch: { rounds: number; images: Record<'cnn' | 'fcnn', number> }
}

interface Measuring {
  sides: readonly Side[]
  layout: Layout
  amounts: Amounts
  log: (line: string) => void
  /** After each block. */
  onBlock: () => void
}

const { batchSize, evaluationBatch } = configuration(1, false, '')

/** Floating-point operations of a training step, in billions: forward, and backward to weights and, but for the first, to inputs. */
function stepGigaflops(model: ModelName): number {
  const work = describeLayers(layersOf(model)).map((layer) => layer.multiplyAdds)
  const first = work.find((amount) => amount > 0)!
  return ((3 * work.reduce((a, b) => a + b, 0) - first) * 2 * batchSize) / 1e9
}

/**
 * The training step of a model; beside the contenders `peak`, the milliseconds that as many operations take in the machine's
 * multiplication of large matrices.
 */
export async function measureStep(
  model: ModelName,
  { sides, layout, amounts, log, onBlock }: Measuring,
): Promise<BenchMeasurement> {
  const steps = await prepareModel(sides, model, amounts.block, log)
  const ours = sides[0]!
  const peak = async () => {
    const speeds = await Promise.all(ours.processes.map((one) => one.ask('multiply', { ms: amounts.block / 2 })))
    return { peak: (1000 * stepGigaflops(model)) / speeds.reduce((sum, { gigaflops }) => sum + gigaflops, 0) }
  }
  const rounds = await takeTurns(
    [...sides, peak],
    amounts.rounds,
    async (one) => (typeof one === 'function' ? one() : { [one.name]: await stepMilliseconds(one, model, steps.get(one)!) }),
    onBlock,
  )
  return { of: 'step', experiment: model, ...layout, unit: 'ms', settings: settingsFor(sides, model), rounds }
}

/** Predictions of a model, images a second; after its steps were measured. */
export async function measureEvaluation(
  model: ModelName,
  { sides, layout, amounts, onBlock }: Measuring,
): Promise<BenchMeasurement> {
  const speed = async (side: Side, batches: number) => {
    const answers = await Promise.all(side.processes.map((one) => one.ask('evaluate', { model, batches })))
    return (1000 * batches * evaluationBatch * answers.length) / Math.max(...answers.map(({ ms }) => ms))
  }
  const batches = new Map<Side, number>()
  for (const side of sides)
    batches.set(
      side,
      Math.max(1, Math.round(((await speed(side, 1)) * amounts.block) / 1000 / evaluationBatch / side.processes.length)),
    )
  const rounds = await takeTurns(
    sides,
    amounts.rounds,
    async (side) => ({ [side.name]: await speed(side, batches.get(side)!) }),
    onBlock,
  )
  return { of: 'evaluation', experiment: model, ...layout, unit: 'images/s', settings: settingsFor(sides, model), rounds }
}

/** Sides that augment: ours, and Keras with its ImageDataGenerator. */
const augmenting = (sides: readonly Side[]) => sides.filter(({ name }) => name === 'ours' || name === 'keras')

/** Augmented images a second, in one process on one thread. */
export async function measureAugmentation({ sides, amounts, onBlock }: Measuring): Promise<BenchMeasurement> {
  const speed = async ({ processes: [one] }: Side, batches: number) => {
    const { images, ms } = await one!.ask('augment', { batches })
    return (1000 * images) / ms
  }
  const batches = new Map<Side, number>()
  for (const side of augmenting(sides))
    batches.set(side, Math.max(1, Math.round(((await speed(side, 1)) * amounts.block) / 1000 / batchSize)))
  const rounds = await takeTurns(
    augmenting(sides),
    amounts.rounds,
    async (side) => ({ [side.name]: await speed(side, batches.get(side)!) }),
    onBlock,
  )
  const settings: Record<string, string> = sides.some(({ name }) => name === 'keras') ? { keras: 'ImageDataGenerator' } : {}
  return { of: 'augmentation', experiment: null, processes: 1, threads: 1, unit: 'images/s', settings, rounds }
}

/**
 * Seconds of the suite in small, a few steps of every experiment: scheduled as `train` schedules it by default, the longest run first,
 * each process taking the next when it is done. Processes are started, and models built, beforehand.
 */
export async function measureSuite({ sides, layout, amounts, onBlock }: Measuring): Promise<BenchMeasurement> {
  const protocol = findProtocol('corrected')
  const runs = experiments
    .flatMap((experiment) => {
      const model = modelNames.find((name) => layersOf(name) === experiment.layers)
      const { augmented } = experiment
      // Of another study's networks the peers know nothing.
      return model ? [{ model, augmented, seconds: estimateSeconds({ experiment, protocol, seed: 1 }, 'native') }] : []
    })
    .sort((a, b) => b.seconds - a.seconds)
  const suite = async (side: Side) => {
    const waiting = [...runs]
    const start = performance.now()
    const lane = async (one: Side['processes'][number]) => {
      for (let run = waiting.shift(); run; run = waiting.shift())
        await one.ask(run.augmented ? 'trainAugmented' : 'train', { model: run.model, steps: amounts.suite.steps })
    }
    await Promise.all(side.processes.map(lane))
    return (performance.now() - start) / 1000
  }
  const rounds = await takeTurns(
    augmenting(sides),
    amounts.suite.rounds,
    async (side) => ({ [side.name]: await suite(side) }),
    onBlock,
  )
  return { of: 'suite', experiment: null, ...layout, unit: 's', settings: {}, rounds }
}

/** Seconds of a whole epoch of ours as the training loop runs it, plain and augmented, and of as many training steps alone. */
export async function measureEpoch(
  model: 'cnn' | 'fcnn',
  { sides, layout, amounts, onBlock }: Measuring,
): Promise<BenchMeasurement> {
  const images = amounts.epoch.images[model]
  const training = images - 10 * (images / 120)
  const ours = sides[0]!
  const one = ours.processes[0]!
  const epoch = async (augmented: boolean) => (await one.ask('epoch', { model, images, augmented })).seconds
  const steps = Math.round(training / batchSize)
  const parts = [
    async () => ({ steps: ((await stepMilliseconds(ours, model, steps)) * (training / batchSize)) / 1000 }),
    async () => ({ ours: await epoch(false) }),
    async () => ({ augmented: await epoch(true) }),
  ]
  const rounds = await takeTurns(parts, amounts.epoch.rounds, (part) => part(), onBlock)
  return { of: 'epoch', experiment: model, ...layout, unit: 's', settings: {}, rounds }
}
