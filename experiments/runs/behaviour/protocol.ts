import type { Protocol } from '../../training/protocol.ts'

/** What the miniatures run under: apart from the catalogue, whose settings a run's key holds anyway. */
export const protocol: Protocol = {
  name: 'miniature',
  summary: 'A few pictures, to measure what the code does.',
  optimizer: { kind: 'adadelta', rate: 0.75, rho: 0.95, epsilon: 1e-7 },
  batchSize: 4,
  maxEpochs: 40,
  validation: { from: 'training', perClass: 2 },
  plateau: null,
  stopping: null,
  score: 'last',
  augmentation: { rotation: 10, shift: 0.1, shear: 5, zoom: [0.9, 1.1], draw: { kind: 'fresh' } },
  imagesPerClass: null,
  testEachEpoch: false,
  keepPredictions: true,
}
