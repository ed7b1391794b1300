import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { describeWithNative } from '../helpers/needs.ts'

/**
 * Two epochs on a few drawn characters, in a process of its own: TensorFlow fixes its threads when it is loaded. Prints the history, a
 * hash of the weights, and the tensors alive after each epoch.
 */
const program = `
  import { createHash } from 'node:crypto'
  const from = (path) => import('${new URL('../../experiments/', import.meta.url).href}' + path)
  const [{ drawnKana }, { findNative }, { nativeEngine }, { planRun }, { runData }, { train }] = await Promise.all([
    from('dataset/drawn-kana.ts'), from('engine/native/install.ts'), from('engine/native/native-engine.ts'),
    from('runs/plan.ts'), from('runs/run-data.ts'), from('training/train.ts'),
  ])
  const [experiment, seed] = [process.argv[1], Number(process.argv[2])]
  const run = planRun({ experiment, protocol: 'corrected', seed })
  const protocol = { ...run.protocol, validation: { from: 'training', perClass: 4 } }
  const network = nativeEngine(findNative(), 1).createNetwork({ layers: run.experiment.layers, optimizer: protocol.optimizer, seed })
  const tensors = []
  const { history, network: { weights } } = await train({
    network, protocol, augmented: run.experiment.augmented, seed,
    data: runData(drawnKana(30, 1, 1).dataset, protocol, seed), maxEpochs: 2,
    effects: { seconds: () => 0, onStep: async () => {}, onEpoch: () => tensors.push(network.tensorCount()) },
  })
  const hash = createHash('sha256')
  for (const array of weights) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  console.log(JSON.stringify({ history, weights: hash.digest('hex'), tensors }))`

interface Outcome {
  history: { loss: number }[]
  weights: string
  tensors: number[]
}

function trainTwoEpochs(experiment: string, seed: number): Outcome {
  const args = ['--input-type=module', '--eval', program, experiment, String(seed)]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as Outcome
}

describeWithNative('two epochs on the native engine with one thread', () => {
  it.each(['cnn-augmented', 'fcnn'])(
    'give the same bits in another process: history and weights of %s, and no tensor more after each epoch',
    (experiment) => {
      const first = trainTwoEpochs(experiment, 5)
      expect(first.history).toHaveLength(2)
      expect(trainTwoEpochs(experiment, 5)).toEqual(first)
      expect(new Set(first.tensors).size).toBe(1)
      // What is equal above could differ: another seed's does.
      expect(trainTwoEpochs(experiment, 6).weights).not.toBe(first.weights)
    },
    120_000,
  )
})
