import { expect, it } from 'vitest'
import { protocols } from '../../experiments/catalogue.ts'
import type { Network, NetworkState } from '../../experiments/engine/network.ts'
import { scoreLogits } from '../../experiments/evaluation/score.ts'
import { fromFloat16Bytes } from '../../experiments/results/read-results.ts'
import { scoreRun } from '../../experiments/runs/score-run.ts'

const protocol = protocols.find(({ name }) => name === 'corrected')!
const set = { images: new Uint8Array(10 * 784), labels: Uint8Array.from({ length: 10 }, (_, i) => i) }

/** Logits for class 0 that tell a weight near 1 from its rounding even once they are rounded themselves. */
const logitOf = (weight: number) => 16 * (weight - 1)

/** A network with one weight. */
function oneWeight(): Network {
  let state: NetworkState = { weights: [Float32Array.of(0)], slots: [] }
  return {
    trainStep: () => ({ loss: 0, correct: 0 }),
    logits: (images) =>
      Float32Array.from({ length: (images.length / 784) * 10 }, (_, i) => (i % 10 ? 0 : logitOf(state.weights[0]![0]!))),
    readState: () => state,
    writeState: (written) => void (state = written),
    tensorCount: () => 0,
    dispose: () => {},
  }
}
const lossOf = (weight: number) => {
  const network = oneWeight()
  network.writeState({ weights: [Float32Array.of(weight)], slots: [] })
  return scoreLogits(network.logits(set.images), set.labels).loss!
}

it('scores weights that float16 can’t hold as they are stored, whatever chose them', () => {
  const snapshot = (weight: number) => ({ epoch: 1, accuracy: 1, loss: 0, weights: [Float32Array.of(weight)] })
  const stored = { last: 1.099609375, validation: 1.2001953125, test: 1.2998046875 }
  const { evaluation, predictions, weights } = scoreRun(
    oneWeight(),
    { training: set, validation: set, test: set },
    {
      epoch: 1,
      step: 1,
      rate: 1,
      stopped: false,
      history: [],
      secondsPerEpoch: [],
      plateau: null,
      stopping: null,
      network: { weights: [Float32Array.of(1.1)], slots: [] },
      bestByValidation: snapshot(1.2),
      bestByTest: snapshot(1.3),
    },
    protocol,
  )
  expect([...fromFloat16Bytes(weights)]).toEqual([stored.validation])
  expect(fromFloat16Bytes(predictions)[0]).toBe(logitOf(stored.validation))
  for (const part of ['train', 'validation', 'test'] as const) expect(evaluation[part]!.loss).toBe(lossOf(stored.validation))
  expect(evaluation.alsoScored!.map(({ chosenBy, test }) => [chosenBy, test.loss])).toEqual(
    Object.entries(stored).map(([chosenBy, weight]) => [chosenBy, lossOf(weight)]),
  )
})
