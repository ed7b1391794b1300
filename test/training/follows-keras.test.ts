import { deviation, mean } from 'd3-array'
import { expect, it } from 'vitest'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { loadDataset } from '../../experiments/runs/load-dataset.ts'
import { planRun } from '../../experiments/runs/plan.ts'
import { runData } from '../../experiments/runs/run-data.ts'
import { train } from '../../experiments/training/train.ts'
import { full } from '../helpers/full.ts'
import { describeWithData, describeWithNative } from '../helpers/needs.ts'
import keras from '../reference/first-epochs.json' with { type: 'json' }

describeWithNative('training on the native engine', () => {
  describeWithData('on the real data set', () => {
    it.each(full ? [1, 2] : [1])(
      'follows Keras within three standard deviations: FCNN, protocol published, seed %i, three epochs',
      async (seed) => {
        const run = planRun({ experiment: 'fcnn', protocol: 'published', seed })
        const { dataset } = await loadDataset(run.protocol, { download: false, log: () => {} })
        const { layers } = run.experiment
        const network = nativeEngine(findNative()!, 2).createNetwork({ layers, optimizer: run.protocol.optimizer, seed })
        const tensors: number[] = []
        const { history } = await train({
          network,
          protocol: run.protocol,
          augmented: false,
          seed,
          data: runData(dataset, run.protocol, seed),
          maxEpochs: keras.epochs,
          effects: { seconds: () => 0, onStep: async () => {}, onEpoch: () => void tensors.push(network.tensorCount()) },
        })
        network.dispose()
        for (const name of ['loss', 'valLoss'] as const) {
          const away = (history.at(-1)![name]! - mean(keras[name])!) / deviation(keras[name])!
          expect(Math.abs(away), `${name} ${history.at(-1)![name]}`).toBeLessThan(3)
        }
        expect(new Set(tensors).size, 'tensors alive after each epoch').toBe(1)
      },
      180_000,
    )
  })
})
