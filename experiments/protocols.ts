import type { Augmentation, Optimizer, Protocol } from './training/protocol.ts'

/** The original's settings of ImageDataGenerator; its shear of 0.1 is in degrees: practically none. */
const transforms: Omit<Augmentation, 'draw'> = { rotation: 10, shift: 0.1, shear: 0.1, zoom: [0.9, 1.1] }
const adadelta = (rate: number): Optimizer => ({ kind: 'adadelta', rate, rho: 0.95, epsilon: 1e-7 })
const sgd = (rate: number): Optimizer => ({ kind: 'sgd', rate, momentum: 0.9 })
const adam = (rate: number): Optimizer => ({ kind: 'adam', rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 })

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

/** What stopping on the test set costs: test and validation recorded every epoch, used for nothing else, no early stop. */
const audit = (rate: number): Protocol => ({
  ...corrected,
  name: `audit-${rate.toFixed(rate < 0.01 ? 3 : 1)}`,
  summary: `Adadelta at ${rate}, 100 epochs, no early stop, test and validation scored every epoch: what choosing an epoch costs.`,
  optimizer: adadelta(rate),
  plateau: null,
  stopping: null,
  score: 'last',
  testEachEpoch: true,
})

/** One point of the rate sweep: ten epochs at a constant rate, metrics only. */
const sweep = (optimizer: Optimizer): Protocol => ({
  ...corrected,
  name: `sweep-${optimizer.kind}-${optimizer.rate}`,
  summary: `Ten epochs of ${optimizer.kind} at the constant rate ${optimizer.rate}, metrics only.`,
  optimizer,
  maxEpochs: 10,
  plateau: null,
  stopping: null,
  score: 'last',
  keepPredictions: false,
})

const sweepRates = {
  adadelta: [0.0003, 0.001, 0.002, 0.005, 0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 3].map(adadelta),
  sgd: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1].map(sgd),
  adam: [0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01].map(adam),
}
export const sweeps: Protocol[] = Object.values(sweepRates).flat().map(sweep)
export const audits: Protocol[] = [audit(1), audit(0.001)]

/** How runs are trained and scored: a variant (another rate, another optimizer) is an object of its own with a telling name. */
export const protocols: Protocol[] = [corrected, published, smoke, ...audits, ...sweeps]
