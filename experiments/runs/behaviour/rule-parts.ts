import { classCount } from '../../models/layers.ts'
import { pixels, type ImageSet } from '../../dataset/dataset.ts'
import type { Batch, Network } from '../../engine/network.ts'
import type { Behaviour } from '../../results/behaviour.ts'
import type { Protocol } from '../../training/protocol.ts'
import { train, type TrainingState } from '../../training/train.ts'
import { scoreRun } from '../score-run.ts'
import { digest } from './digest.ts'
import { pictures } from './pictures.ts'
import { protocol } from './protocol.ts'

/** Of 20 validation images, how many are right after each epoch, and by what margin: improvements, ties, plateaus, a divergence. */
const right = [5, 9, 9, 12, 11, 12, 12, 10, 14, 14, 13, 14, 14, 15, 9, 9, 15, 15, 14, 13, 12, 12, 11, 10, 9, 8]
const margin = [1, 1.2, 1.1, 2, 1.5, 2.5, 1, 1, 1.7, 1.6, 2, 1.9, 1.7, 1, NaN, 1, 1.5, 1.4, 1, 1, 1.1, 1, 1, 1, 1, 1]

const data = { training: pictures(10), validation: pictures(20), test: pictures(15) }
const stepsPerEpoch = 3

/** As logits `[n, 10]`, so many images right by a margin and the others wrong by it. */
function scripted({ labels }: ImageSet, correct: number, by: number): Float32Array {
  const logits = new Float32Array(labels.length * classCount)
  labels.forEach((label, i) => {
    logits[i * classCount + (i < correct ? label : (label + 1) % classCount)] = by
  })
  return logits
}

/**
 * A network that follows the script: its weights are the number of the last step, its losses are made of what it is given.
 * @param fraction added to the weights it hands out, and to every margin once they are written back
 */
function scriptedNetwork(fraction = 0): Network {
  let last = 0
  return {
    trainStep({ images, labels }, rate, step) {
      last = step
      return { loss: labels.length + rate + step / 100 + images[400]! / 1000, correct: labels.filter((l) => l < 5).length }
    },
    logits(images) {
      // Between epochs `last` is the step just done; weights written for scoring say which step's they are.
      const epoch = Math.round(last / stepsPerEpoch) - 1
      const by = margin[epoch]! + (last % 1)
      if (images === data.validation.images) return scripted(data.validation, right[epoch]!, by)
      // On the test set the script runs backwards, so that its best epoch is another.
      if (images === data.test.images) return scripted(data.test, right.at(-1 - epoch)! - 5, by)
      return scripted(data.training, 7, 1)
    },
    readState: () => ({ weights: [Float32Array.of(last + fraction)], slots: [] }),
    writeState: ({ weights }) => {
      last = weights[0]![0]!
    },
    tensorCount: () => 0,
    dispose: () => undefined,
  }
}

async function run(
  changes: Partial<Protocol>,
  network = scriptedNetwork(),
  augmented = false,
): Promise<{ state: TrainingState; scored: number[] }> {
  const settings = { ...protocol, ...changes }
  const state = await train({
    network,
    protocol: settings,
    augmented,
    seed: 1,
    data,
    maxEpochs: right.length,
    effects: { seconds: () => 0, onEpoch: () => undefined, onStep: () => Promise.resolve() },
  })
  const { epoch, evaluation, predictions, weights } = scoreRun(network, data, state, settings)
  const scores = [evaluation.train, evaluation.validation, evaluation.test].flatMap((score) =>
    score ? [score.loss ?? -1, score.accuracy, ...digest(score.confusion.flat())] : [-1],
  )
  const also = (evaluation.alsoScored ?? []).flatMap((one) => [one.epoch, one.test.loss ?? -1, one.test.accuracy])
  return { state, scored: [epoch, ...scores, ...also, ...digest(predictions), ...digest(weights)] }
}

/** What is scored of weights that float16 holds, and of weights that it can't. */
const scoredTwice = async (changes: Partial<Protocol>): Promise<number[]> => [
  ...(await run(changes)).scored,
  ...(await run(changes, scriptedNetwork(1 / 3))).scored,
]

/** What was stopped at which epoch, and each epoch's rate. */
const ruled = ({ epoch, stopped, history }: TrainingState): number[] => [
  epoch,
  Number(stopped),
  ...history.map((row) => row.learningRate),
]

/** How many pictures two augmented epochs show, and how many are none of the training set's; what they look like is no matter here. */
async function augmentedPictures(): Promise<number[]> {
  const pictureOf = (images: Batch['images'], i: number) => images.subarray(i * pixels, (i + 1) * pixels).join()
  const originals = new Set(Array.from(data.training.labels, (_, i) => pictureOf(data.training.images, i)))
  const shown: boolean[] = []
  const network = scriptedNetwork()
  const watching: Network = {
    ...network,
    trainStep(batch, rate, step) {
      batch.labels.forEach((_, i) => shown.push(originals.has(pictureOf(batch.images, i))))
      return network.trainStep(batch, rate, step)
    },
  }
  await run({ maxEpochs: 2 }, watching, true)
  return [shown.length, shown.filter((original) => !original).length]
}

const watched = ['valLoss', 'valAccuracy'] as const

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
    const { state: cut } = await run({ plateau: { monitor, factor: 0.5, patience: 2, minDelta: 1e-4 } })
    // The losses hold the rate that the network was given.
    parts[`plateau/${monitor}`] = [...ruled(cut), ...cut.history.map((row) => row.loss ?? -1)]
    const stop = async (patience: number) => ruled((await run({ stopping: { monitor, patience, minDelta: 0 } })).state)
    parts[`stopping/${monitor}`] = [...(await stop(3)), ...(await stop(6))]
  }
  return parts
}
