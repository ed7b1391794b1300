import type { z } from 'zod'
import { cnn, cnnNoPooling } from './models/cnn.ts'
import { fcnn } from './models/fcnn.ts'
import type { experimentSchema } from './results/schema.ts'
import type { Augmentation, Protocol } from './training/protocol.ts'

/** A model plus what is done to its data. */
export type Experiment = z.infer<typeof experimentSchema>

/** Adding an experiment is adding one object here. */
export const experiments: Experiment[] = [
  { name: 'cnn', title: 'CNN', layers: cnn, augmented: false },
  { name: 'fcnn', title: 'FCNN', layers: fcnn, augmented: false },
  { name: 'cnn-augmented', title: 'CNN, augmented', layers: cnn, augmented: true },
  { name: 'fcnn-augmented', title: 'FCNN, augmented', layers: fcnn, augmented: true },
  { name: 'cnn-no-pooling', title: 'CNN without pooling', layers: cnnNoPooling, augmented: false },
]

/** The original's settings of ImageDataGenerator; its shear of 0.1 is in degrees: practically none. */
const transforms: Omit<Augmentation, 'draw'> = { rotation: 10, shift: 0.1, shear: 0.1, zoom: [0.9, 1.1] }
const adadelta = (rate: number) => ({ kind: 'adadelta' as const, rate, rho: 0.95, epsilon: 1e-7 })

const corrected: Protocol = {
  name: 'corrected',
  summary:
    'Ours: validation images from the training set, rate 1.0, the best validation accuracy kept, the test set scored once.',
  optimizer: adadelta(1),
  batchSize: 128,
  maxEpochs: 100,
  validation: { from: 'training', perClass: 500 },
  plateau: { monitor: 'valAccuracy', factor: 0.1, patience: 5, minDelta: 0 },
  stopping: { monitor: 'valAccuracy', patience: 10, minDelta: 0 },
  score: 'best',
  augmentation: { ...transforms, draw: { kind: 'fresh' } },
  imagesPerClass: null,
  testEachEpoch: false,
  keepPredictions: true,
}

const published: Protocol = {
  name: 'published',
  summary: "The original's, flaws included: rate 0.001, the test set as validation data, the last epoch's weights.",
  optimizer: adadelta(0.001),
  batchSize: 128,
  maxEpochs: 10_000,
  validation: { from: 'test' },
  plateau: { monitor: 'valLoss', factor: 0.1, patience: 5, minDelta: 1e-4 },
  stopping: { monitor: 'valLoss', patience: 10, minDelta: 0 },
  score: 'last',
  augmentation: { ...transforms, draw: { kind: 'fixed-copies', copies: 10 } },
  imagesPerClass: null,
  testEachEpoch: false,
  keepPredictions: true,
}

const smoke: Protocol = {
  ...corrected,
  name: 'smoke',
  summary: 'Seconds, on a handful of images: for tests and a first try. Its numbers mean nothing.',
  batchSize: 8,
  maxEpochs: 2,
  validation: { from: 'training', perClass: 1 },
  imagesPerClass: { training: 3, test: 2 },
}

export const protocols: Protocol[] = [corrected, published, smoke]

/** A run: experiment × protocol × seed. */
export interface RunName {
  experiment: string
  protocol: string
  seed: number
}

/** The seed whose weights are kept, and that `train` takes when none is named; the original used 42. */
export const mainSeed = (protocol: Protocol): number => (protocol.name === 'published' ? 42 : 1)

/** Epochs to expect, for estimates of time only: where the original's runs stopped; elsewhere what runs of this project took. */
export function expectedEpochs(experiment: Experiment, protocol: Protocol): number {
  if (protocol.name === 'corrected') return experiment.augmented ? 70 : 35
  if (protocol.name !== 'published') return protocol.maxEpochs
  const published: Record<string, number> = {
    cnn: 596,
    fcnn: 1154,
    'cnn-augmented': 334,
    'fcnn-augmented': 507,
    'cnn-no-pooling': 535,
  }
  return published[experiment.name] ?? 600
}

/** Runs the site's build insists on: those whose records are committed with the text that uses them. */
export const requiredRuns: RunName[] = experiments.map((e) => ({ experiment: e.name, protocol: 'corrected', seed: 1 }))
