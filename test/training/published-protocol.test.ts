import { describe, expect, it } from 'vitest'
import { experiments, mainSeed, protocols } from '../../experiments/catalogue.ts'
import type { ImageSet } from '../../experiments/dataset/dataset.ts'
import type { Network, NetworkState } from '../../experiments/engine/network.ts'
import { describeLayers, parameterCount } from '../../experiments/models/layers.ts'
import { runData } from '../../experiments/runs/run-data.ts'
import { scoreRun } from '../../experiments/runs/score-run.ts'
import { examplesPerEpoch } from '../../experiments/training/batches.ts'
import { train } from '../../experiments/training/train.ts'

const published = protocols.find(({ name }) => name === 'published')!
const experiment = (name: string) => experiments.find((one) => one.name === name)!
const set = (n: number): ImageSet => ({
  images: Uint8Array.from({ length: n * 784 }, (_, i) => Math.floor(i / 784)),
  labels: Uint8Array.from({ length: n }, (_, i) => i % 10),
})

describe('the published protocol', () => {
  it('trains the three models of the original, layer by layer', () => {
    const shape = (name: string) => describeLayers(experiment(name).layers).map(({ layer }) => Object.values(layer).join(' '))
    const cnn = ['conv2d 32 3', 'relu', 'conv2d 64 3', 'relu', 'maxPool 2', 'dropout 0.25', 'flatten']
    const end = ['dense 128', 'relu', 'dropout 0.5', 'dense 10']
    expect(shape('cnn')).toEqual([...cnn, ...end])
    expect(shape('cnn-no-pooling')).toEqual([...cnn.filter((layer) => layer !== 'maxPool 2'), ...end])
    expect(shape('fcnn')).toEqual([
      'flatten',
      'dense 1024',
      'relu',
      'dropout 0.25',
      'dense 512',
      'relu',
      'dropout 0.5',
      'dense 10',
    ])
    const counts = ['cnn', 'fcnn', 'cnn-no-pooling', 'cnn-augmented', 'fcnn-augmented'].map((name) =>
      parameterCount(experiment(name).layers),
    )
    expect(counts).toEqual([1_199_882, 1_333_770, 4_738_826, 1_199_882, 1_333_770])
  })

  it('has Adadelta with the defaults of Keras 3, batches of 128 and at most 10,000 epochs', () => {
    expect(published.optimizer).toEqual({ kind: 'adadelta', rate: 0.001, rho: 0.95, epsilon: 1e-7 })
    expect([published.batchSize, published.maxEpochs]).toEqual([128, 10_000])
  })

  it('watches validation loss: a tenth of the rate after 5 epochs without a fall of more than 1e-4, the end after 10 without any', () => {
    expect(published.plateau).toEqual({ monitor: 'valLoss', factor: 0.1, patience: 5, minDelta: 1e-4 })
    expect(published.stopping).toEqual({ monitor: 'valLoss', patience: 10, minDelta: 0 })
  })

  it('trains on all training images and validates on the test set', () => {
    const [training, test] = [set(60), set(20)]
    expect(runData({ train: training, test }, published, 42)).toEqual({ training, validation: test, test })
    expect([published.imagesPerClass, mainSeed(published)]).toEqual([null, 42])
  })

  it('augments by ten fixed copies of each image, with the ranges of the original, shear in degrees', () => {
    expect(published.augmentation).toEqual({
      rotation: 10,
      shift: 0.1,
      shear: 0.1,
      zoom: [0.9, 1.1],
      draw: { kind: 'fixed-copies', copies: 10 },
    })
    expect(examplesPerEpoch(60_000, published.augmentation)).toBe(600_000)
  })

  it('scores the weights of the last epoch, not of the best, and has no validation score', async () => {
    let state: NetworkState = { weights: [Float32Array.of(0)], slots: [] }
    const network: Network = {
      trainStep: ({ labels }) => {
        state = { weights: [Float32Array.of(state.weights[0]![0]! + 1)], slots: [] }
        return { loss: labels.length, correct: 0 }
      },
      // The loss is lowest after the second epoch, and rises from there.
      logits: (images) => {
        const sure = 4 - Math.abs(state.weights[0]![0]! - 2) / 8
        return Float32Array.from({ length: (images.length / 784) * 10 }, (_, i) =>
          i % 10 === Math.floor(i / 10) % 10 ? sure : 0,
        )
      },
      readState: () => state,
      writeState: (written) => void (state = written),
      tensorCount: () => 0,
      dispose: () => {},
    }
    const data = runData({ train: set(20), test: set(10) }, published, 42)
    const effects = { seconds: () => 0, onStep: async () => {}, onEpoch: () => {} }
    const trained = await train({ network, protocol: published, augmented: false, seed: 42, data, maxEpochs: 100, effects })
    expect(trained).toMatchObject({ epoch: 12, stopped: true, bestByValidation: null })
    const scored = scoreRun(network, data, trained, published)
    expect(scored.epoch).toBe(12)
    expect(scored.evaluation.test.loss).toBeCloseTo(trained.history[11]!.valLoss!, 3)
    expect(scored.evaluation.test.loss).toBeGreaterThan(trained.history[1]!.valLoss! + 0.01)
    expect(scored.evaluation.validation).toBeUndefined()
  })
})
