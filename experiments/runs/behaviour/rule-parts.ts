import type { Engine } from '../../engine/network.ts'
import { dense, flatten } from '../../models/layers.ts'
import type { Behaviour } from '../../results/behaviour.ts'
import type { Protocol } from '../../training/protocol.ts'
import type { TrainingState } from '../../training/train.ts'
import type { RunScore } from '../score-run.ts'
import { trainAndScore } from '../train-and-score.ts'
import { digest } from './digest.ts'
import { protocol } from './protocol.ts'
import { rulesAlone } from './rules-alone.ts'
import { placeOf, scriptedDataset, scriptedEngine, scriptedEpochs } from './scripted-engine.ts'
import { seed } from './seed.ts'

/** Each sitting goes on from the state that the one before left, with a network of its own. */
const epochsPerSitting = 5

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
      dataset: scriptedDataset,
      ...(after && { from: after.state }),
      maxEpochs: Math.min((after?.state.epoch ?? 0) + epochsPerSitting, scriptedEpochs),
      effects: { seconds: () => 0, onEpoch: () => undefined, onStep: () => Promise.resolve() },
    })
  } while (!after.state.stopped && after.state.epoch < Math.min(scriptedEpochs, settings.maxEpochs))
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

/** What was stopped at which epoch, and each epoch's rate, as a logarithm: the tolerance is of whole ones. */
const ruled = ({ epoch, stopped, history }: TrainingState): number[] => [
  epoch,
  Number(stopped),
  ...history.map((row) => Math.log10(row.learningRate)),
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
          batch.labels.forEach((_, i) => shown.push(placeOf(batch.images, i) !== undefined))
          return network.trainStep(batch, rate, step)
        },
      }
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
    const { rates, stops } = rulesAlone(monitor)
    const { state: cut } = await run({ plateau: { monitor, factor: 0.5, patience: 2, minDelta: 1e-4 } })
    // The losses hold the rate that the network was given.
    parts[`plateau/${monitor}`] = [...ruled(cut), ...cut.history.map((row) => row.loss ?? -1), ...rates]
    const stop = async (patience: number) => ruled((await run({ stopping: { monitor, patience, minDelta: 0 } })).state)
    parts[`stopping/${monitor}`] = [...(await stop(3)), ...(await stop(6)), ...stops]
  }
  return parts
}
