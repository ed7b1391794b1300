import { describe, expect, it } from 'vitest'
import type { Batch, Network, NetworkState } from '../../experiments/engine/network.ts'
import { protocols } from '../../experiments/catalogue.ts'
import { train, type TrainingState } from '../../experiments/training/train.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'

const base = protocols.find((p) => p.name === 'corrected')!
const set = (n: number) => ({ images: new Uint8Array(n * 784), labels: Uint8Array.from({ length: n }, (_, i) => i % 10) })
const data = { training: set(20), validation: set(10), test: set(10) }

/**
 * A network whose one weight counts the updates, and which gets the first `right[k]` of ten images right after its k-th epoch: enough
 * to see what the loop makes of it.
 */
function scriptedNetwork(right: number[], stepsPerEpoch: number) {
  let state: NetworkState = { weights: [Float32Array.of(0)], slots: [] }
  const seen: { batch: Batch; rate: number; step: number }[] = []
  const network: Network = {
    trainStep(batch, rate, step) {
      seen.push({ batch, rate, step })
      state = { weights: [Float32Array.of(state.weights[0]![0]! + 1)], slots: [] }
      return { loss: 2 * batch.labels.length, correct: 1 }
    },
    logits(images) {
      const epoch = state.weights[0]![0]! / stepsPerEpoch
      const logits = new Float32Array((images.length / 784) * 10)
      for (let i = 0; i < images.length / 784; i++) logits[i * 10 + (((i % 10) + (i < right[epoch - 1]! ? 0 : 1)) % 10)] = 3
      return logits
    },
    readState: () => state,
    writeState: (written) => void (state = written),
    tensorCount: () => 0,
    dispose: () => {},
  }
  return { network, seen }
}

async function run(
  right: number[],
  changes: Partial<Protocol> = {},
  from?: TrainingState,
  maxEpochs = 100,
  { augmented = false, training = data.training } = {},
) {
  const protocol = { ...base, batchSize: 8, ...changes }
  const { network, seen } = scriptedNetwork(right, 3)
  const states: TrainingState[] = []
  let clock = 0
  const state = await train({
    network,
    protocol,
    augmented,
    seed: 1,
    data: { ...data, training },
    maxEpochs,
    ...(from && { from }),
    effects: { seconds: () => clock++, onStep: async () => {}, onEpoch: (s) => states.push(structuredClone(s)) },
  })
  return { state, states, seen }
}

describe('train', () => {
  it('shows every image once an epoch, the last, smaller batch included, in an order of its own', async () => {
    const { seen } = await run([5, 6], {}, undefined, 2)
    expect(seen.map(({ batch }) => batch.labels.length)).toEqual([8, 8, 4, 8, 8, 4])
    expect(seen.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    const labels = (from: number) => seen.slice(from, from + 3).flatMap(({ batch }) => [...batch.labels])
    expect(labels(0).toSorted()).toEqual([...data.training.labels].toSorted())
    expect(labels(0)).not.toEqual(labels(3))
  })

  it('shows augmented pictures in augmented runs only', async () => {
    const training = { ...data.training, images: data.training.images.map((_, i) => (i * 31) % 251) }
    const epoch = (augmented: boolean) => run([5], {}, undefined, 1, { augmented, training })
    const picturesOf = ({ images, labels }: Pick<Batch, 'images' | 'labels'>) =>
      Array.from(labels, (_, i) => images.subarray(i * 784, (i + 1) * 784).join())
    const originals = new Set(picturesOf(training))
    const originalsSeen = async (augmented: boolean) =>
      (await epoch(augmented)).seen.flatMap(({ batch }) => picturesOf(batch)).filter((picture) => originals.has(picture)).length
    expect(await originalsSeen(false)).toBe(20)
    expect(await originalsSeen(true)).toBe(0)
  })

  it('keeps the weights of the highest validation accuracy and stops ten epochs after it', async () => {
    const { state } = await run([5, 9, ...Array.from({ length: 40 }, () => 7)])
    expect(state.bestByValidation).toMatchObject({ epoch: 2, accuracy: 0.9, weights: [Float32Array.of(6)] })
    expect(state.epoch).toBe(12)
    expect(state.stopped).toBe(true)
  })

  it('takes a tenth of the rate from the epoch after the fifth without a higher accuracy', async () => {
    const { state, seen } = await run([9, ...Array.from({ length: 40 }, () => 9)])
    const rates = [1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1]
    expect(state.history.map((row) => row.learningRate)).toEqual(rates)
    // What the network was given, in each of an epoch's three steps.
    expect(seen.map(({ rate }) => rate)).toEqual(rates.flatMap((rate) => [rate, rate, rate]))
  })

  it('stops at its budget without the rule having fired', async () => {
    const { state } = await run([1, 2, 3, 4], {}, undefined, 3)
    expect(state).toMatchObject({ epoch: 3, stopped: false })
  })

  it('records the mean loss over the images, not over the batches', async () => {
    const { state } = await run([5], {}, undefined, 1)
    expect(state.history[0]).toMatchObject({ loss: 2, accuracy: 3 / 20, valAccuracy: 0.5 })
  })

  it('goes on from any epoch with the numbers of a run that never stopped', async () => {
    const right = [3, 5, 5, 4, 4, 6, 6, 6, 6, 6, 6, 6, 2, 2, 2, 2, 2, 2, 2, 2]
    const { state, states } = await run(right)
    expect(states.length).toBeGreaterThan(10)
    for (const from of states) {
      const again = await run(right, {}, structuredClone(from))
      expect({ ...again.state, secondsPerEpoch: null }).toEqual({ ...state, secondsPerEpoch: null })
    }
  })

  it('scores the test set after each epoch for an audit, and keeps the best by either set', async () => {
    const { state } = await run([4, 8, 6], { testEachEpoch: true, score: 'last' }, undefined, 3)
    expect(state.history.map((row) => row.testAccuracy)).toEqual([0.4, 0.8, 0.6])
    expect(state.bestByTest).toMatchObject({ epoch: 2 })
    expect(state.bestByValidation).toMatchObject({ epoch: 2 })
  })
})
