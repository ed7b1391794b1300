import { describe, expect, test } from 'vitest'
import { findNative } from '../../../experiments/engine/native/install.ts'
import type { Engine, Network } from '../../../experiments/engine/network.ts'
import { portableEngine } from '../../../experiments/engine/portable/portable-engine.ts'
import { conv2d, dense, dropout, flatten, maxPool, relu } from '../../../experiments/models/layers.ts'
import { engineNumbers } from '../../../experiments/runs/behaviour/engine-numbers.ts'
import { differing, nativeDifferences } from '../../../experiments/runs/behaviour/native-differences.ts'
import { describeWithNative } from '../../helpers/needs.ts'

const models = [
  [conv2d(4, 3), relu(), maxPool(2), dropout(0.25), flatten(), dense(10)],
  [flatten(), dense(8), relu(), dense(10)],
]
const [convolutional, plain] = [
  'model/conv2d 4 3, relu, maxPool 2, dropout 0.25, flatten, dense 10',
  'model/flatten, dense 8, relu, dense 10',
]
const optimizers = ['optimizer/adadelta', 'optimizer/adam', 'optimizer/sgd']

describe('an engine is found to do otherwise', () => {
  const changed = (engine: Engine, change: (network: Network) => Partial<Network>): Engine => ({
    ...engine,
    createNetwork(options) {
      const network = engine.createNetwork(options)
      return { ...network, ...change(network) }
    },
  })

  test.each<[string, (network: Network) => Partial<Network>, string[]]>([
    ['in nothing', () => ({}), []],
    [
      'in the rate',
      (n) => ({ trainStep: (batch, rate, step) => n.trainStep(batch, 1.1 * rate, step) }),
      [convolutional, plain, ...optimizers],
    ],
    [
      'in the number of the step',
      (n) => ({ trainStep: (batch, rate) => n.trainStep(batch, rate, 1) }),
      [convolutional, 'optimizer/adam'],
    ],
    [
      'in going on without the accumulators',
      (n) => ({ writeState: ({ weights }) => n.writeState({ weights, slots: n.readState().slots }) }),
      optimizers,
    ],
    ['in its logits', (n) => ({ logits: (images) => n.logits(images).map((value) => 1.1 * value) }), [convolutional, plain]],
    [
      'in what it counts as right',
      (n) => ({
        trainStep(...step) {
          const { loss, correct } = n.trainStep(...step)
          return { loss, correct: correct + 1 }
        },
      }),
      [convolutional, plain],
    ],
  ])('%s', async (_, change, parts) => {
    const engine = await portableEngine()
    const found = differing(engineNumbers(engine, models), engineNumbers(changed(engine, change), models))
    expect(Object.keys(found)).toEqual(parts)
  })
})

test('a native engine that does not load is named', async () => {
  await expect(nativeDifferences('/nowhere', models)).rejects.toThrow(/in place, but what it computes could not be measured/)
})

describeWithNative('the native engine as it is', () => {
  test('does as the portable one', { timeout: 60_000 }, async () => {
    expect(await nativeDifferences(findNative()!, models)).toEqual({})
  })

  test('is found to refuse a model that the portable one trains', { timeout: 60_000 }, async () => {
    // It draws dropout's bytes in words of four.
    expect(await nativeDifferences(findNative()!, [[flatten(), dense(7), dropout(0.5), dense(10)]])).toEqual({
      'model/flatten, dense 7, dropout 0.5, dense 10': [0],
    })
  })
})
