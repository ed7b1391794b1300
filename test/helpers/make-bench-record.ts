import type { BenchMeasurement, BenchRecord } from '../../experiments/results/bench-record.ts'

/** A measurement of made-up times: three rounds of a training step unless `changes` say otherwise. */
export const makeMeasurement = (changes: Partial<BenchMeasurement> = {}): BenchMeasurement => ({
  of: 'step',
  experiment: 'cnn',
  processes: 1,
  threads: 2,
  unit: 'ms',
  settings: { keras: '10 steps per execution', jax: 'jit, rbg', pytorch: 'eager' },
  rounds: [0, 1, 2].map((i) => ({ ours: 40 + i, keras: 60 + 2 * i, jax: 400 + i, pytorch: 90 + i, peak: 30 + i })),
  ...changes,
})

/** A record with something of everything. */
export function makeBenchRecord(changes: Partial<BenchRecord> = {}): BenchRecord {
  const models = ['cnn', 'fcnn', 'cnn-no-pooling']
  const layouts = [
    { processes: 1, threads: 2 },
    { processes: 2, threads: 1 },
  ]
  return {
    schemaVersion: 1,
    kind: 'speed',
    start: '2026-01-01T00:00:00.000Z',
    minutes: 16.5,
    quick: false,
    machine: {
      cpu: 'a made-up processor',
      cores: 2,
      memoryBytes: 8e9,
      os: 'Linux',
      node: 'v22.23.2',
      loadBefore: 0.05,
      commit: null,
    },
    dataset: 'kmnist',
    versions: { ours: 'tfjs-node 4.22.0', keras: 'Keras 3.15.1', jax: 'JAX 0.10.2', pytorch: 'PyTorch 2.15.0' },
    measurements: [
      ...layouts.flatMap((layout) => models.map((experiment) => makeMeasurement({ experiment, ...layout }))),
      ...models.map((experiment) =>
        makeMeasurement({ of: 'evaluation', experiment, unit: 'images/s', rounds: [{ ours: 9000, keras: 7000 }] }),
      ),
      makeMeasurement({
        of: 'augmentation',
        experiment: null,
        threads: 1,
        unit: 'images/s',
        settings: { keras: 'ImageDataGenerator' },
        rounds: [{ ours: 125_000, keras: 16_000 }],
      }),
      makeMeasurement({ of: 'suite', experiment: null, processes: 2, threads: 1, unit: 's', rounds: [{ ours: 33, keras: 55 }] }),
      makeMeasurement({ of: 'epoch', unit: 's', settings: {}, rounds: [{ steps: 4, ours: 4.2, augmented: 4.3 }] }),
      makeMeasurement({
        of: 'epoch',
        experiment: 'fcnn',
        unit: 's',
        settings: {},
        rounds: [{ steps: 3, ours: 3.1, augmented: 3.9 }],
      }),
      makeMeasurement({ of: 'site', experiment: null, threads: 1, unit: 's', settings: {}, rounds: [{ ours: 25 }] }),
    ],
    ...changes,
  }
}
