import type { Profile } from '../../experiments/results/bench-profile.ts'
import type { BenchMeasurement, BenchRecord, ProfileRecord } from '../../experiments/results/bench-record.ts'

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

/** The CNN's step with one thread, in figures that are easily divided; `changes` say what is otherwise. */
export const makeProfile = (changes: Partial<Profile> = {}): Profile => {
  const second = 'mb128_ic32oc64_ih26oh24kh3sh1dh0ph0_iw26ow24kw3sw1dw0pw0'
  const first = 'mb128_ic1oc32_ih28oh26kh3sh1dh0ph0_iw28ow26kw3sw1dw0pw0'
  const primitive = (primitive: string, pass: string, problem: string, ms: number, gigaflops: number) => ({
    primitive,
    pass,
    problem,
    implementation: 'jit:avx512_core',
    calls: 1,
    ms,
    gigaflops,
  })
  return {
    of: 'ours',
    experiment: 'cnn',
    threads: 1,
    setting: 'one graph',
    steps: 100,
    ms: 80,
    busy: { convolutions: 60, multiplying: 66, primitives: 70 },
    peakGigaflops: 160,
    primitives: [
      primitive('convolution', 'backward_weights', second, 20, 2.4),
      primitive('convolution', 'backward_data', second, 19, 2.4),
      primitive('convolution', 'forward_training', second, 16, 2.4),
      primitive('convolution', 'backward_weights', first, 3, 0.05),
      primitive('convolution', 'forward_training', first, 2, 0.05),
      primitive('gemm_api', 'undef', '128x128:128x9216', 4, 0.3),
      primitive('inner_product', 'forward_training', 'mb128ic9216oc128', 2, 0.3),
      primitive('pooling', 'forward_training', 'mb128ic64_ih24oh12kh2', 3, 0),
      primitive('reorder', 'undef', '64x32x3x3', 1, 0),
    ],
    ...changes,
  }
}

/** Profiles of the CNN's step, ours and Keras'. */
export function makeProfileRecord(changes: Partial<ProfileRecord> = {}): ProfileRecord {
  const { schemaVersion, start, minutes, quick, machine, dataset, versions } = makeBenchRecord()
  const profiles = [makeProfile(), makeProfile({ of: 'keras', setting: '10 steps per execution', ms: 100 })]
  return { schemaVersion, start, minutes, quick, machine, dataset, versions, kind: 'profile', profiles, ...changes }
}
