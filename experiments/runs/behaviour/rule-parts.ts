import { pixels, type ImageSet } from '../../dataset/dataset.ts'
import type { Batch, Engine, Network, NetworkOptions } from '../../engine/network.ts'
import { classCount, dense, flatten } from '../../models/layers.ts'
import type { Behaviour } from '../../results/behaviour.ts'
import { earlyStopping } from '../../training/early-stopping.ts'
import { monitored } from '../../training/improvement.ts'
import type { Protocol } from '../../training/protocol.ts'
import { reduceOnPlateau } from '../../training/reduce-on-plateau.ts'
import type { TrainingState } from '../../training/train.ts'
import { runData } from '../run-data.ts'
import type { RunScore } from '../score-run.ts'
import { trainAndScore } from '../train-and-score.ts'
import { digest } from './digest.ts'
import { pictures } from './pictures.ts'
import { protocol } from './protocol.ts'
import { seed } from './seed.ts'

/**
 * Of 20 validation images, how many are right after each epoch, and by what margin: improvements, ties, plateaus, a divergence. Float16
 * has none of the margins.
 */
const right = [5, 9, 9, 12, 11, 12, 12, 10, 14, 14, 13, 14, 14, 15, 9, 9, 15, 15, 14, 13, 12, 12, 11, 10, 9, 8]
const margin = [
  ...[1.05, 1.2, 1.1, 2.05, 1.55, 2.55, 1.05, 1.05, 1.7, 1.6, 2.05, 1.9, 1.7, 1.05, NaN, 1.05, 1.55, 1.4],
  ...[1.05, 1.05, 1.1, 1.05, 1.05, 1.05, 1.05, 1.05],
]

/** Each sitting goes on from the state that the one before left, with a network of its own. */
const epochsPerSitting = 5
const stepsPerEpoch = 3

const dataset = { train: pictures(30), test: pictures(15) }
const data = runData(dataset, protocol, seed)

const pictureOf = (images: Batch['images'], i: number) => images.subarray(i * pixels, (i + 1) * pixels).join()
/** The training images by their place in the set, whichever the split chose. */
const places = new Map(Array.from(data.training.labels, (_, i) => [pictureOf(data.training.images, i), i]))

/** As logits `[n, 10]`, so many images right by a margin, those of the lowest classes, and the others wrong by it. */
function scripted({ labels }: ImageSet, correct: number, by: number): Float32Array {
  const logits = new Float32Array(labels.length * classCount)
  const byClass = Array.from(labels.keys()).sort((a, b) => labels[a]! - labels[b]! || a - b)
  byClass.forEach((image, rank) => {
    const label = labels[image]!
    logits[image * classCount + (rank < correct ? label : (label + 1) % classCount)] = by
  })
  return logits
}

/**
 * A network that follows the script: its weights are the number of the last step, its losses are made of all that it is given.
 * @param fraction added to the weights it hands out, and to every margin once they are written back
 */
function scriptedNetwork({ optimizer, layers, dropout = true, ...given }: NetworkOptions, fraction: number): Network {
  let last = 0
  const options = optimizer.rate + layers.length / 10 + given.seed / 100 + Number(dropout) / 1000
  return {
    trainStep({ images, labels }, rate, step) {
      // What it goes on from shows as well: the step before, if weights were handed on.
      const since = step - last
      last = step
      const place = places.get(pictureOf(images, 0)) ?? -1
      return {
        loss: labels.length + options + rate + (step + since) / 100 + place / 1000,
        correct: labels.filter((l) => l < 5).length,
      }
    },
    logits(images) {
      // Between epochs `last` is the step just done; weights written for scoring say which step's they are.
      const epoch = Math.round(last / stepsPerEpoch) - 1
      const by = margin[epoch]! + (last % 1)
      // The three sets are told by their sizes.
      if (images.length === data.validation.images.length) return scripted(data.validation, right[epoch]!, by)
      // On the test set the script runs backwards, so that its best epoch is another.
      if (images.length === data.test.images.length) return scripted(data.test, right.at(-1 - epoch)! - 5, by)
      return scripted(data.training, 4 + (epoch % 5), by)
    },
    readState: () => ({ weights: [Float32Array.of(last + fraction)], slots: [] }),
    writeState: ({ weights }) => {
      last = weights[0]![0]!
    },
    tensorCount: () => 0,
    dispose: () => undefined,
  }
}

const scriptedEngine = (fraction = 0): Engine => ({
  name: 'portable',
  version: 'scripted',
  tensorflow: null,
  createNetwork: (options) => scriptedNetwork(options, fraction),
})

async function run(
  changes: Partial<Protocol>,
  engine = scriptedEngine(),
  augmented = false,
): Promise<{ state: TrainingState; scored: number[] }> {
  const settings = { ...protocol, ...changes }
  const experiment = { name: 'miniature', title: 'miniature', layers: [flatten(), dense(10)], augmented }
  let after: { state: TrainingState; scored: RunScore } | undefined
  do {
    after = await trainAndScore({
      run: { experiment, protocol: settings, seed },
      engine,
      dataset,
      ...(after && { from: after.state }),
      maxEpochs: Math.min((after?.state.epoch ?? 0) + epochsPerSitting, right.length),
      effects: { seconds: () => 0, onEpoch: () => undefined, onStep: () => Promise.resolve() },
    })
  } while (!after.state.stopped && after.state.epoch < Math.min(right.length, settings.maxEpochs))
  const { epoch, evaluation, predictions, weights } = after.scored
  const scores = [evaluation.train, evaluation.validation, evaluation.test].flatMap((score) =>
    score ? [score.loss ?? -1, score.accuracy, ...digest(score.confusion.flat())] : [-1],
  )
  const also = (evaluation.alsoScored ?? []).flatMap((one) => [one.epoch, one.test.loss ?? -1, one.test.accuracy])
  return { state: after.state, scored: [epoch, ...scores, ...also, ...digest(predictions), ...digest(weights)] }
}

/** What is scored of weights that float16 holds, and of weights that it can't. */
const scoredTwice = async (changes: Partial<Protocol>): Promise<number[]> => [
  ...(await run(changes)).scored,
  ...(await run(changes, scriptedEngine(1 / 3))).scored,
]

/** Small numbers by their size: the tolerance is of whole ones. */
const magnitude = (rate: number) => Math.log10(rate)

/** What was stopped at which epoch, and each epoch's rate. */
const ruled = ({ epoch, stopped, history }: TrainingState): number[] => [
  epoch,
  Number(stopped),
  ...history.map((row) => magnitude(row.learningRate)),
]

/** How many pictures two augmented epochs show, and how many are none of the training set's; what they look like is no matter here. */
async function augmentedPictures(): Promise<number[]> {
  const shown: boolean[] = []
  const engine = scriptedEngine()
  const watching: Engine = {
    ...engine,
    createNetwork(options) {
      const network = engine.createNetwork(options)
      return {
        ...network,
        trainStep(batch, rate, step) {
          batch.labels.forEach((_, i) => shown.push(places.has(pictureOf(batch.images, i))))
          return network.trainStep(batch, rate, step)
        },
      }
    },
  }
  await run({ maxEpochs: 2 }, watching, true)
  return [shown.length, shown.filter((original) => !original).length]
}

const watched = ['valLoss', 'valAccuracy'] as const

/**
 * Losses that only a rule's finer points tell apart, where a ten-thousandth less counts as better, or anything less: a first that is
 * not finite; half of that less, all, and about all, where rounding to float32 decides; less than float32 can tell; one that is not
 * finite between; nothing better for so long that the rate goes down and down.
 */
const fine = [
  [null, 1, 0.5],
  [0.5, 0.49995],
  [0.5, 0.4999],
  [0.8, 0.79989997],
  [0.3, 0.29989997],
  [0.5, 0.49999999],
  [0.5, null, 0.4],
  [0.5, ...Array.from({ length: 8 }, () => 0.6)],
]

/** A rule alone over the fine losses, or accuracies that mirror them: the rates it gives, and the epochs at which it would stop. */
function alone(monitor: (typeof watched)[number]): { rates: number[]; stops: number[] } {
  const cases = fine.flatMap((losses) => {
    const values = losses.map((loss) => monitored(loss === null || monitor === 'valLoss' ? loss : 1 - loss))
    return [0, 1e-4].map((minDelta) => ({ values, minDelta }))
  })
  return {
    rates: cases.flatMap(({ values, minDelta }) => {
      const rule = reduceOnPlateau({ monitor, minDelta, factor: 0.1, patience: 1 })
      let rate = 1
      return values.map((value) => magnitude((rate = rule.update(value, rate))))
    }),
    stops: cases.flatMap(({ values, minDelta }) => {
      const rule = earlyStopping({ monitor, minDelta, patience: 1 })
      return values.map((value, i) => Number(rule.update(i + 1, value)))
    }),
  }
}

/** The loop and its rules, by a network whose scores are written down beforehand. */
export async function measureRuleParts(): Promise<Behaviour> {
  const { state } = await run({})
  const parts: Behaviour = {
    loop: [
      state.epoch,
      state.step,
      Number(state.stopped),
      ...state.history.flatMap((row) => [row.epoch, row.loss ?? -1, row.accuracy, row.valLoss ?? -1, row.valAccuracy]),
      ...(await augmentedPictures()),
    ],
    'score/last': await scoredTwice({ score: 'last' }),
    'score/best': await scoredTwice({ score: 'best' }),
    'score/test-each-epoch': await scoredTwice({ score: 'best', testEachEpoch: true }),
  }
  for (const monitor of watched) {
    const { rates, stops } = alone(monitor)
    const { state: cut } = await run({ plateau: { monitor, factor: 0.5, patience: 2, minDelta: 1e-4 } })
    // The losses hold the rate that the network was given.
    parts[`plateau/${monitor}`] = [...ruled(cut), ...cut.history.map((row) => row.loss ?? -1), ...rates]
    const stop = async (patience: number) => ruled((await run({ stopping: { monitor, patience, minDelta: 0 } })).state)
    parts[`stopping/${monitor}`] = [...(await stop(3)), ...(await stop(6)), ...stops]
  }
  return parts
}
