import { describe, expect, it } from 'vitest'
import type { Batch, Network, NetworkState } from '../../experiments/engine/network.ts'
import { protocols } from '../../experiments/catalogue.ts'
import { train, type TrainingState } from '../../experiments/training/train.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'

const base = protocols.find((p) => p.name === 'corrected')!
const set = (n: number) => ({ images: new Uint8Array(n * 784), labels: Uint8Array.from({ length: n }, (_, i) => i % 10) })
/** The sets the network is asked about are of different sizes, so that it can tell which it is asked about. */
const data = { training: set(20), validation: set(10), test: set(40) }

/** How many images of each set the network gets right after each epoch, and how high its logits are then. */
interface Script {
  right: number[]
  rightOfTest?: number[]
  heights?: number[]
}

/** A network whose one weight counts the updates, and which does what its script says: enough to see what the loop makes of it. */
function scriptedNetwork({ right, rightOfTest = [], heights = [] }: Script, stepsPerEpoch: number) {
  let state: NetworkState = { weights: [Float32Array.of(0)], slots: [] }
  const seen: { batch: Batch; rate: number; step: number }[] = []
  const network: Network = {
    trainStep(batch, rate, step) {
      seen.push({ batch, rate, step })
      state = { weights: [Float32Array.of(state.weights[0]![0]! + 1)], slots: [] }
      return { loss: 2 * batch.labels.length, correct: 1 }
    },
    logits(images) {
      const after = state.weights[0]![0]! / stepsPerEpoch - 1
      const count = images.length / 784
      const wanted = (count === data.test.labels.length ? rightOfTest : right)[after]!
      const logits = new Float32Array(count * 10)
      for (let i = 0; i < count; i++) logits[i * 10 + (((i % 10) + (i < wanted ? 0 : 1)) % 10)] = heights[after] ?? 3
      return logits
    },
    readState: () => state,
    writeState: (written) => void (state = written),
    tensorCount: () => 0,
    dispose: () => {},
  }
  return { network, seen }
}

/** The mean cross-entropy of logits of height 3 of which so many are right. */
const lossOf = (right: number, images: number) => Math.log(Math.exp(3) + 9) - (3 * right) / images

async function run(
  script: Script,
  {
    changes = {},
    from,
    maxEpochs = 100,
    augmented = false,
    training = data.training,
    steps = 3,
  }: {
    changes?: Partial<Protocol>
    from?: TrainingState
    maxEpochs?: number
    augmented?: boolean
    training?: typeof data.training
    steps?: number
  } = {},
) {
  const protocol = { ...base, batchSize: 8, ...changes }
  const { network, seen } = scriptedNetwork(script, steps)
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
    const { seen } = await run({ right: Array.from({ length: 17 }, (_, i) => Math.min(i, 10)) }, { maxEpochs: 17 })
    expect(seen.slice(0, 6).map(({ batch }) => batch.labels.length)).toEqual([8, 8, 4, 8, 8, 4])
    expect(seen.map(({ step }) => step)).toEqual(Array.from({ length: 17 * 3 }, (_, i) => i + 1))
    const orders = Array.from({ length: 17 }, (_, i) => seen.slice(3 * i, 3 * i + 3).flatMap(({ batch }) => [...batch.labels]))
    for (const order of orders) expect(order.toSorted()).toEqual([...data.training.labels].toSorted())
    expect(new Set(orders.map(String)).size).toBe(17)
  })

  it('shows augmented pictures in augmented runs only', async () => {
    const training = { ...data.training, images: data.training.images.map((_, i) => (i * 31) % 251) }
    const epoch = (augmented: boolean) => run({ right: [5] }, { maxEpochs: 1, augmented, training })
    const picturesOf = ({ images, labels }: Pick<Batch, 'images' | 'labels'>) =>
      Array.from(labels, (_, i) => images.subarray(i * 784, (i + 1) * 784).join())
    const originals = new Set(picturesOf(training))
    const originalsSeen = async (augmented: boolean) =>
      (await epoch(augmented)).seen.flatMap(({ batch }) => picturesOf(batch)).filter((picture) => originals.has(picture)).length
    expect(await originalsSeen(false)).toBe(20)
    expect(await originalsSeen(true)).toBe(0)
  })

  it('keeps the weights of the highest validation accuracy and stops ten epochs after it', async () => {
    const { state } = await run({ right: [5, 9, ...Array.from({ length: 40 }, () => 7)] })
    expect(state.bestByValidation).toMatchObject({ epoch: 2, accuracy: 0.9, weights: [Float32Array.of(6)] })
    expect(state.bestByTest).toBeNull()
    expect(state.epoch).toBe(12)
    expect(state.stopped).toBe(true)
  })

  it.each([
    { losses: 'higher', heights: [2, 4], best: 1 },
    { losses: 'lower', heights: [4, 2], best: 2 },
    { losses: 'equal', heights: [2, 2], best: 1 },
    { losses: 'finite after an infinite', heights: [Infinity, 2], best: 2 },
    { losses: 'infinite after a finite', heights: [2, Infinity], best: 1 },
  ])('keeps epoch $best of two of equal accuracy where the loss of the second is $losses', async ({ heights, best }) => {
    const script = { right: [5, 5], rightOfTest: [20, 20], heights }
    const { state } = await run(script, { changes: { testEachEpoch: true }, maxEpochs: 2 })
    expect(state.history.map(({ valAccuracy, testAccuracy }) => [valAccuracy, testAccuracy])).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ])
    expect(state.bestByValidation).toMatchObject({ epoch: best, weights: [Float32Array.of(3 * best)] })
    expect(state.bestByTest).toMatchObject({ epoch: best, weights: [Float32Array.of(3 * best)] })
  })

  it('takes a tenth of the rate from the epoch after the fifth without a higher accuracy', async () => {
    const { state, seen } = await run({ right: [9, ...Array.from({ length: 40 }, () => 9)] })
    const rates = [1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1]
    expect(state.history.map((row) => row.learningRate)).toEqual(rates)
    // What the network was given, in each of an epoch's three steps.
    expect(seen.map(({ rate }) => rate)).toEqual(rates.flatMap((rate) => [rate, rate, rate]))
  })

  it('stops at its budget without the rule having fired', async () => {
    const { state } = await run({ right: [1, 2, 3, 4] }, { maxEpochs: 3 })
    expect(state).toMatchObject({ epoch: 3, stopped: false })
  })

  it('records the mean loss over the images, not over the batches', async () => {
    const { state } = await run({ right: [5] }, { maxEpochs: 1 })
    expect(state.history[0]).toMatchObject({ loss: 2, accuracy: 3 / 20, valAccuracy: 0.5 })
  })

  it('counts each fixed copy as an example', async () => {
    const augmentation: Protocol['augmentation'] = { ...base.augmentation, draw: { kind: 'fixed-copies', copies: 3 } }
    const { state, seen } = await run({ right: [5] }, { changes: { augmentation }, maxEpochs: 1, augmented: true, steps: 8 })
    expect(seen.map(({ batch }) => batch.labels.length)).toEqual([8, 8, 8, 8, 8, 8, 8, 4])
    expect(state.history[0]).toMatchObject({ loss: 2, accuracy: 8 / 60, valAccuracy: 0.5 })
  })

  it('goes on from any epoch with the numbers of a run that never stopped', async () => {
    const right = [3, 5, 5, 4, 4, 6, 6, 6, 6, 6, 6, 6, 2, 2, 2, 2, 2, 2, 2, 2]
    const { state, states } = await run({ right })
    expect(states.length).toBeGreaterThan(10)
    // The clock goes on by one between the beginning and the end of each epoch.
    expect(state.secondsPerEpoch).toEqual(states.map(() => 1))
    for (const from of states) expect((await run({ right }, { from: structuredClone(from) })).state).toEqual(state)
  })

  it('scores the test set after each epoch for an audit, and keeps the best by either set', async () => {
    const script = { right: [4, 8, 6], rightOfTest: [12, 20, 28] }
    const { state } = await run(script, { changes: { testEachEpoch: true, score: 'last' }, maxEpochs: 3 })
    expect(state.history.map(({ valAccuracy, testAccuracy }) => [valAccuracy, testAccuracy])).toEqual([
      [0.4, 0.3],
      [0.8, 0.5],
      [0.6, 0.7],
    ])
    const { history } = state
    history.forEach(({ valLoss, testLoss }, i) => {
      expect(valLoss).toBeCloseTo(lossOf(script.right[i]!, 10), 6)
      expect(testLoss).toBeCloseTo(lossOf(script.rightOfTest[i]!, 40), 6)
    })
    expect(state.bestByValidation).toEqual({ epoch: 2, accuracy: 0.8, loss: history[1]!.valLoss, weights: [Float32Array.of(6)] })
    expect(state.bestByTest).toEqual({ epoch: 3, accuracy: 0.7, loss: history[2]!.testLoss, weights: [Float32Array.of(9)] })
  })
})
