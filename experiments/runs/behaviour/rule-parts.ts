import { classCount } from '../../models/layers.ts'
import type { ImageSet } from '../../dataset/dataset.ts'
import type { Network } from '../../engine/network.ts'
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

/** A network that follows the script: its weights are the number of the last step, its losses are made of what it is given. */
function scriptedNetwork(): Network {
  let last = 0
  return {
    trainStep({ images, labels }, rate, step) {
      last = step
      return { loss: labels.length + rate + step / 100 + images[400]! / 1000, correct: labels.filter((l) => l < 5).length }
    },
    logits(images) {
      // Between epochs `last` is the step just done; weights written for scoring say which step's they are.
      const epoch = Math.round(last / stepsPerEpoch) - 1
      if (images === data.validation.images) return scripted(data.validation, right[epoch]!, margin[epoch]!)
      // On the test set the script runs backwards, so that its best epoch is another.
      if (images === data.test.images) return scripted(data.test, right.at(-1 - epoch)! - 5, margin[epoch]!)
      return scripted(data.training, 7, 1)
    },
    readState: () => ({ weights: [Float32Array.of(last)], slots: [] }),
    writeState: ({ weights }) => {
      last = weights[0]![0]!
    },
    tensorCount: () => 0,
    dispose: () => undefined,
  }
}

async function run(changes: Partial<Protocol>): Promise<{ state: TrainingState; scored: number[] }> {
  const network = scriptedNetwork()
  const settings = { ...protocol, ...changes }
  const state = await train({
    network,
    protocol: settings,
    augmented: false,
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

/** What was stopped at which epoch, and each epoch's rate. */
async function rule(changes: Partial<Protocol>): Promise<number[]> {
  const { state } = await run(changes)
  return [state.epoch, Number(state.stopped), ...state.history.map((row) => row.learningRate)]
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
    ],
    'score/last': (await run({ score: 'last' })).scored,
    'score/best': (await run({ score: 'best' })).scored,
    'score/test-each-epoch': (await run({ score: 'best', testEachEpoch: true })).scored,
  }
  for (const monitor of watched) {
    parts[`plateau/${monitor}`] = await rule({ plateau: { monitor, factor: 0.5, patience: 2, minDelta: 1e-4 } })
    parts[`stopping/${monitor}`] = [
      ...(await rule({ stopping: { monitor, patience: 3, minDelta: 0 } })),
      ...(await rule({ stopping: { monitor, patience: 6, minDelta: 0 } })),
    ]
  }
  return parts
}
