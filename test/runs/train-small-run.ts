/**
 * `node test/runs/train-small-run.ts <results folder>`: trains one small run on made-up images, natively and with one thread, from
 * its checkpoint where there is one; says "resumed" and the epoch where it goes on, "begins" once it trains, and "ends". For tests
 * that kill it: thirty epochs, so that there is something to lose, of a network whose checkpoint takes a moment to write.
 */
import { experiments, protocols } from '../../experiments/catalogue.ts'
import type { ImageSet } from '../../experiments/dataset/dataset.ts'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { dense, dropout, flatten, relu } from '../../experiments/models/layers.ts'
import { createRandom } from '../../experiments/random.ts'
import { executeRun } from '../../experiments/runs/execute-run.ts'
import type { PlannedRun } from '../../experiments/runs/plan.ts'

const fcnn = experiments.find(({ name }) => name === 'fcnn')!
const corrected = protocols.find(({ name }) => name === 'corrected')!
const run: PlannedRun = {
  experiment: { ...fcnn, layers: [flatten(), dense(512), relu(), dropout(0.5), dense(10)] },
  protocol: {
    ...corrected,
    batchSize: 8,
    maxEpochs: 30,
    validation: { from: 'training', perClass: 2 },
    // The rules have something to remember from one epoch to the next, but don't end the run.
    plateau: { ...corrected.plateau!, monitor: 'valLoss', patience: 4 },
    stopping: { ...corrected.stopping!, patience: 29 },
  },
  seed: 1,
}

function noise(perClass: number, part: number): ImageSet {
  const random = createRandom(1, 'drawing', part)
  const labels = Uint8Array.from({ length: perClass * 10 }, (_, i) => i % 10)
  return { images: Uint8Array.from({ length: labels.length * 784 }, () => random.uint32() & 255), labels }
}

const unknown = '0'.repeat(64)
let begun = false
await executeRun({
  run,
  engine: nativeEngine(findNative()!, 1),
  dataset: {
    dataset: { train: noise(20, 1), test: noise(5, 2) },
    id: { source: 'drawn-kana', trainImages: unknown, trainLabels: unknown, testImages: unknown, testLabels: unknown },
  },
  behaviour: {},
  resultsDir: process.argv[2]!,
  maxEpochs: run.protocol.maxEpochs,
  machine: { cpu: 'any', cores: 1, threads: 1, os: 'any', node: process.version, lockfile: unknown, commit: null },
  effects: {
    now: () => new Date(0),
    seconds: () => performance.now() / 1000,
    peakMemoryBytes: () => 1,
    onResume: (epoch) => console.log(`resumed ${epoch}`),
    onBeginAnew: () => {},
    onStep: async () => {
      if (!begun) console.log('begins')
      begun = true
      await new Promise<void>((resolve) => setImmediate(resolve))
    },
    onEpoch: () => {},
  },
})
console.log('ends')
