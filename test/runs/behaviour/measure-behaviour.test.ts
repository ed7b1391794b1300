import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Experiment } from '../../../experiments/catalogue.ts'
import type * as Affine from '../../../experiments/augmentation/affine.ts'
import type * as Augment from '../../../experiments/augmentation/augment.ts'
import type * as Idx from '../../../experiments/dataset/idx.ts'
import type * as Split from '../../../experiments/dataset/split.ts'
import type * as DropoutMask from '../../../experiments/engine/dropout-mask.ts'
import type { Network } from '../../../experiments/engine/network.ts'
import type * as Optimizers from '../../../experiments/engine/portable/optimizers.ts'
import type * as LayerPasses from '../../../experiments/engine/portable/layer-passes.ts'
import type * as InitialWeights from '../../../experiments/models/initial-weights.ts'
import { conv2d, dense, dropout, flatten, maxPool, relu } from '../../../experiments/models/layers.ts'
import { compareBehaviour, type Behaviour } from '../../../experiments/results/behaviour.ts'
import type * as ReadResults from '../../../experiments/results/read-results.ts'
import type * as RunData from '../../../experiments/runs/run-data.ts'
import type * as ScoreRun from '../../../experiments/runs/score-run.ts'
import type * as TrainAndScore from '../../../experiments/runs/train-and-score.ts'
import type * as EarlyStopping from '../../../experiments/training/early-stopping.ts'
import type * as Improvement from '../../../experiments/training/improvement.ts'
import type * as ReduceOnPlateau from '../../../experiments/training/reduce-on-plateau.ts'
import type * as Train from '../../../experiments/training/train.ts'

const sources = '../../../experiments'
const experiment = (name: string, layers: Experiment['layers']): Experiment => ({ name, title: name, layers, augmented: false })
const small = [
  experiment('convolutional', [conv2d(2, 3), relu(), maxPool(2), dropout(0.25), flatten(), dense(10)]),
  experiment('dense', [flatten(), dense(8), relu(), dense(10)]),
]
const convolutional = 'model/conv2d 2 3, relu, maxPool 2, dropout 0.25, flatten, dense 10'
const fullyConnected = 'model/flatten, dense 8, relu, dense 10'

/** The behaviour of the sources as they are loaded now: mocked or not. */
async function measure(): Promise<Behaviour> {
  vi.resetModules()
  const { measureBehaviour } = await import(`${sources}/runs/behaviour/measure-behaviour.ts`)
  return measureBehaviour(small)
}

let before: Behaviour
beforeEach(async () => {
  before ??= await measure()
})

describe('the measured behaviour', () => {
  test('has every part that a run of the catalogue can rest on', { timeout: 180_000 }, async () => {
    const { measureBehaviour } = await import('../../../experiments/runs/behaviour/measure-behaviour.ts')
    const { experiments, protocols } = await import('../../../experiments/catalogue.ts')
    const { partsOf } = await import('../../../experiments/results/behaviour.ts')
    const measured = await measureBehaviour()
    const needed = new Set(experiments.flatMap((e) => protocols.flatMap((p) => partsOf(e, p))))
    expect([...needed].filter((part) => !measured[part]?.length)).toEqual([])
  })

  test('is the same each time', async () => {
    expect(await measure()).toEqual(before)
  })
})

describe('a change to the mathematics shows in the parts that rest on it, and in no other', () => {
  const mocked: string[] = []
  afterEach(() => {
    for (const path of mocked.splice(0)) vi.doUnmock(path)
  })
  /** Replaces some exports of a source file, and says which parts then differ. */
  async function changing<Module extends object>(file: string, change: (original: Module) => Partial<Module>): Promise<string[]> {
    const path = `${sources}/${file}`
    mocked.push(path)
    vi.doMock(path, async (importOriginal) => {
      const original = await importOriginal<Module>()
      return { ...original, ...change(original) }
    })
    return compareBehaviour(before, await measure())
  }

  test('none differ where nothing is changed', async () => {
    expect(await changing<typeof Augment>('augmentation/augment.ts', () => ({}))).toEqual([])
  })

  test('augmentation', async () => {
    const parts = await changing<typeof Augment>('augmentation/augment.ts', ({ augmentImage }) => ({
      augmentImage: (source, from, target, to, settings, ...rest) =>
        augmentImage(source, from, target, to, { ...settings, rotation: settings.rotation * 1.001 }, ...rest),
    }))
    expect(parts).toEqual(['augmentation/fixed-copies', 'augmentation/fresh'])
  })

  test('what comes in from beyond an edge', async () => {
    const parts = await changing<typeof Affine>('augmentation/affine.ts', ({ affineTransform }) => ({
      affineTransform: (source, from, target, to, parameters) => {
        // Paper in the column that a shift by more than a pixel brings in, where the edge pixel should go on.
        affineTransform(source, from, target, to, parameters)
        if (Math.abs(parameters.tx) > 1)
          for (let row = 0; row < 28; row++) target[to + row * 28 + (parameters.tx > 0 ? 27 : 0)] = 0
      },
    }))
    expect(parts).toEqual(['augmentation/fixed-copies', 'augmentation/fresh'])
  })

  test('the files as they are read', async () => {
    const parts = await changing<typeof Idx>('dataset/idx.ts', ({ parseIdx }) => ({
      parseIdx: (bytes, kind, file) =>
        kind === 'images' ? parseIdx(bytes, kind, file).toReversed() : parseIdx(bytes, kind, file),
    }))
    expect(parts).toEqual(['data/files'])
  })

  test('the split', async () => {
    const parts = await changing<typeof Split>('dataset/split.ts', ({ stratifiedSplit }) => ({
      stratifiedSplit: (labels, perClass, seed) => stratifiedSplit(labels, perClass, seed + 1),
    }))
    expect(parts).toEqual(['data/images-per-class', 'data/split'])
  })

  test.each(['adadelta', 'sgd', 'adam'])('the optimizer %s', async (kind) => {
    const parts = await changing<typeof Optimizers>('engine/portable/optimizers.ts', ({ updateRule }) => ({
      updateRule: (optimizer) => {
        const rule = updateRule(optimizer)
        if (optimizer.kind !== kind) return rule
        return { ...rule, update: (parameter, gradient, rate, step) => rule.update(parameter, gradient, rate * 1.001, step) }
      },
    }))
    expect(parts).toEqual([`optimizer/${kind}`])
  })

  test('the dropout mask', async () => {
    const parts = await changing<typeof DropoutMask>('engine/dropout-mask.ts', ({ dropoutMask }) => ({
      dropoutMask: (seed, step, layer, rate, count) => dropoutMask(seed, step, layer + 1, rate, count),
    }))
    expect(parts).toEqual(['dropout', convolutional])
  })

  test('a layer', async () => {
    const parts = await changing<typeof LayerPasses>('engine/portable/layer-passes.ts', ({ passThrough }) => ({
      passThrough: (description, x, weights, mask) => {
        const { output, backward } = passThrough(description, x, weights, mask)
        if (description.layer.kind !== 'maxPool') return { output, backward }
        return { output, backward: (gradient, wanted) => backward(tf.mul(gradient, 1.0001), wanted) }
      },
    }))
    expect(parts).toEqual([convolutional])
  })

  test('the initial weights', async () => {
    const parts = await changing<typeof InitialWeights>('models/initial-weights.ts', ({ initialWeights }) => ({
      initialWeights: (layers, seed) => initialWeights(layers, seed).map((values) => values.map((value) => value * 1.0001)),
    }))
    // The optimizers' parts have an initial weight each, too.
    expect(parts).toEqual(expect.arrayContaining(['initialisation', convolutional, fullyConnected]))
    expect(parts.filter((part) => !/^(initialisation$|model|optimizer)/.test(part))).toEqual([])
  })

  test('the plateau rule', async () => {
    const parts = await changing<typeof ReduceOnPlateau>('training/reduce-on-plateau.ts', ({ reduceOnPlateau }) => ({
      reduceOnPlateau: (settings) => reduceOnPlateau({ ...settings, patience: settings.patience + 1 }),
    }))
    expect(parts).toEqual(['plateau/valAccuracy', 'plateau/valLoss'])
  })

  test('the stopping rule', async () => {
    const parts = await changing<typeof EarlyStopping>('training/early-stopping.ts', ({ earlyStopping }) => ({
      earlyStopping: (settings) => earlyStopping({ ...settings, minDelta: settings.minDelta + 0.06 }),
    }))
    expect(parts).toEqual(['stopping/valAccuracy', 'stopping/valLoss'])
  })

  const rules = ['plateau/valAccuracy', 'plateau/valLoss', 'stopping/valAccuracy', 'stopping/valLoss']

  test.each<[string, Partial<typeof Improvement>]>([
    [
      'how much counts as better',
      { isImprovement: ({ monitor }, value, best) => best === null || (monitor === 'valLoss' ? value < best : value > best) },
    ],
    [
      'that ties are decided in float32',
      {
        isImprovement: ({ monitor, minDelta }, value, best) =>
          best === null || (monitor === 'valLoss' ? value + minDelta < best : value - minDelta > best),
      },
    ],
    ['that the rules are told float32', { monitored: (value) => value ?? NaN }],
  ])('%s', async (_, change) => {
    expect(await changing<typeof Improvement>('training/improvement.ts', () => change)).toEqual(rules)
  })

  test('that nothing is better than a first loss that is no number', async () => {
    const parts = await changing<typeof Improvement>('training/improvement.ts', ({ isImprovement }) => ({
      isImprovement: (rule, value, best) => isImprovement(rule, value, Number.isNaN(best) ? null : best),
    }))
    expect(parts).toEqual(rules)
  })

  test('how the rate falls when it is small', async () => {
    const parts = await changing<typeof ReduceOnPlateau>('training/reduce-on-plateau.ts', ({ reduceOnPlateau }) => ({
      reduceOnPlateau: (settings) => {
        const rule = reduceOnPlateau(settings)
        return { ...rule, update: (value, rate) => Math.max(rule.update(value, rate), 1e-6) }
      },
    }))
    expect(parts).toEqual(['plateau/valAccuracy', 'plateau/valLoss'])
  })

  test.each<[string, (options: Train.TrainingOptions) => Train.TrainingOptions, string[]]>([
    [
      'the weights that training goes on from',
      (o) => ({ ...o, network: { ...o.network, writeState: () => undefined } }),
      ['loop'],
    ],
    ['the seed of the order', (o) => ({ ...o, seed: 1 }), ['loop']],
  ])('%s', async (_, change, expected) => {
    const parts = await changing<typeof Train>('training/train.ts', ({ train }) => ({
      train: (options) => train(change(options)),
    }))
    expect(parts).toEqual(expect.arrayContaining(expected))
  })

  test.each([
    ['the rule for cutting the rate, when training goes on', 'plateau'],
    ['the rule for stopping, when training goes on', 'stopping'],
  ] as const)('%s', async (_, rule) => {
    const forgotten = { plateau: { best: null, wait: 0 }, stopping: { best: null, bestEpoch: 0 } }[rule]
    const parts = await changing<typeof Train>('training/train.ts', ({ train }) => ({
      train: ({ from, ...options }) =>
        train({ ...options, ...(from && { from: from[rule] ? { ...from, [rule]: forgotten } : from }) }),
    }))
    expect(parts).toContain(`${rule}/valAccuracy`)
  })

  test('the seed that the network is given', async () => {
    const parts = await changing<typeof TrainAndScore>('runs/train-and-score.ts', ({ trainAndScore }) => ({
      trainAndScore: ({ engine, ...options }) =>
        trainAndScore({
          ...options,
          engine: { ...engine, createNetwork: (asked) => engine.createNetwork({ ...asked, seed: 1 }) },
        }),
    }))
    expect(parts).toContain('loop')
  })

  test('the seed of the split', async () => {
    const parts = await changing<typeof RunData>('runs/run-data.ts', ({ runData }) => ({
      runData: (dataset, protocol) => runData(dataset, protocol, 1),
    }))
    expect(parts).toEqual(['data/images-per-class', 'data/split'])
  })

  test('the rate that the loop gives to the network', async () => {
    const parts = await changing<typeof Train>('training/train.ts', ({ train }) => ({
      train: (options) => {
        const trainStep: Network['trainStep'] = (batch, _rate, step) =>
          options.network.trainStep(batch, options.protocol.optimizer.rate, step)
        return train({ ...options, network: { ...options.network, trainStep } })
      },
    }))
    expect(parts).toEqual(['plateau/valAccuracy', 'plateau/valLoss'])
  })

  test('whether the loop augments', async () => {
    const parts = await changing<typeof Train>('training/train.ts', ({ train }) => ({
      train: (options) => train({ ...options, augmented: false }),
    }))
    expect(parts).toEqual(['loop'])
  })

  test('which weights are scored: rounded or not', async () => {
    const parts = await changing<typeof ScoreRun>('runs/score-run.ts', ({ scoreRun }) => ({
      scoreRun: (network, data, state, protocol) => {
        const { weights } = (protocol.score === 'best' ? state.bestByValidation : null) ?? state.network
        const unrounded: Network = { ...network, writeState: () => network.writeState({ ...state.network, weights }) }
        return scoreRun(unrounded, data, state, protocol)
      },
    }))
    expect(parts).toEqual(expect.arrayContaining(['score/best', 'score/last']))
  })

  test('which images the training scores are of', async () => {
    const parts = await changing<typeof ScoreRun>('runs/score-run.ts', ({ scoreRun }) => ({
      scoreRun: (network, data, ...rest) => scoreRun(network, { ...data, training: data.validation }, ...rest),
    }))
    expect(parts).toEqual(['score/best', 'score/last', 'score/test-each-epoch'])
  })

  test('the rounding of what is scored', async () => {
    const parts = await changing<typeof ReadResults>('results/read-results.ts', ({ toFloat16Bytes }) => ({
      toFloat16Bytes: (arrays) => toFloat16Bytes(arrays.map((array) => array.map((value) => value * 1.01))),
    }))
    expect(parts).toEqual(['score/best', 'score/last', 'score/test-each-epoch'])
  })
})
