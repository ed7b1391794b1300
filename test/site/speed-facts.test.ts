import { expect, test } from 'vitest'
import { writeBenchRecord } from '../../experiments/results/bench-record.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { speedFact, type SpeedFactName } from '../../src/data/speed/speed-facts.ts'
import { speedTargets } from '../../src/data/speed/speed-targets.ts'
import { makeBenchRecord, makeMeasurement, makeProfile, makeProfileRecord } from '../helpers/make-bench-record.ts'
import { madeUpSite } from './made-up-site.ts'

const withBoth = (profile = makeProfileRecord()) => {
  const data = madeUpSite()
  writeBenchRecord(data.resultsDir, makeBenchRecord())
  writeBenchRecord(data.resultsDir, profile)
  return data
}
const text = (data: ReturnType<typeof madeUpSite>, name: SpeedFactName, experiment = 'cnn') =>
  speedFact(data, name, experiment)?.text ?? null

test('there is no fact of speed, and no target judged, where nothing was measured', () => {
  const data = madeUpSite()
  const names = ['times-keras', 'times-fastest', 'fastest-peer', 'targets-met', 'targets-missed', 'share-convolutions'] as const
  for (const name of [...names, 'times-keras-at-best', 'room-in-target', 'portable-takes'] as const)
    expect(text(data, name)).toBeNull()
  expect(speedTargets(data).every(({ met, measured }) => met === null && measured === null)).toBe(true)
  expect([claimHolds(data, 'steps-profiled'), claimHolds(data, 'keras-multiplies-alike')]).toEqual([null, null])
})

test('the fastest peer is the one with the shortest median step, model by model', () => {
  const data = madeUpSite()
  const rounds = [{ ours: 6, keras: 9, jax: 6.6, pytorch: 8 }]
  const measurements = [makeMeasurement(), makeMeasurement({ experiment: 'fcnn', rounds })]
  writeBenchRecord(data.resultsDir, makeBenchRecord({ measurements }))
  expect([text(data, 'fastest-peer'), text(data, 'times-keras'), text(data, 'times-fastest')]).toEqual(['Keras', '1.51', '1.51'])
  expect([text(data, 'fastest-peer', 'fcnn'), text(data, 'times-fastest', 'fcnn')]).toEqual(['JAX', '1.10'])
})

test('a target is met where the median meets it, and the missed are told with both numbers', () => {
  const data = madeUpSite()
  const measurements = [
    makeMeasurement({ rounds: [{ ours: 40, keras: 50, peak: 28 }] }),
    makeMeasurement({ processes: 2, threads: 1, rounds: [{ ours: 40, keras: 48 }] }),
    makeMeasurement({ of: 'epoch', rounds: [{ steps: 4, ours: 4.2, augmented: 4.5 }] }),
  ]
  writeBenchRecord(data.resultsDir, makeBenchRecord({ measurements }))
  const judged = speedTargets(data).filter(({ met }) => met !== null)
  expect(judged.map(({ subject, cores, as, met }) => [subject, cores, as, met])).toEqual([
    ['CNN, step', 'with 2 threads', 'times as fast as the fastest of Keras, JAX and PyTorch', false],
    ['CNN, step', 'with 2 processes', 'times as fast as the fastest of Keras, JAX and PyTorch', false],
    ['CNN, step', 'with 2 threads', 'of the machine’s peak', true],
    ['CNN, epoch', '', 'times its steps alone', true],
    ['CNN, epoch', '', 'augmented, times a plain one', false],
  ])
  expect(text(data, 'targets-met')).toBe('2 of 5')
  expect(text(data, 'targets-missed')).toBe(
    'CNN, step (1.25 instead of 1.40 with 2 threads, 1.20 instead of 1.25 with 2 processes); CNN, epoch, augmented, times a plain one (1.07 instead of 1.06)',
  )
})

const twoThreads = (kerasMs: number) => {
  const one = makeProfileRecord().profiles
  const two = one.map((profile) => ({ ...profile, threads: 2, ms: profile.of === 'keras' ? kerasMs : profile.ms }))
  return withBoth(makeProfileRecord({ profiles: [...one, ...two] }))
}

test('a profile says what a step could be at best against Keras, and what room the target leaves', () => {
  const data = twoThreads(100)
  expect([text(data, 'share-convolutions'), text(data, 'share-multiplying')]).toEqual(['75\u00a0%', '83\u00a0%'])
  // 7.9e9 operations in 66 ms are 120e9 a second, of 160e9.
  expect(text(data, 'peak-multiplying')).toBe('75\u00a0%')
  // Keras' 100 ms beside the 66 in which ours multiplies.
  expect(text(data, 'times-keras-at-best')).toBe('1.52')
  // 100 / 1.4 is 71 ms; 66 multiply, 14 of 80 do not.
  expect(text(data, 'room-in-target')!.replaceAll('\u00a0', ' ')).toBe(
    'A step 1.40 times as fast as Keras’, the target, would take 71 ms, which leaves 5.4 ms in which nothing multiplies; now that is 14 ms',
  )
})

test('a profile says so where multiplying alone takes longer than the target allows', () => {
  expect(text(twoThreads(90), 'room-in-target')!.replaceAll('\u00a0', ' ')).toBe(
    'A step 1.40 times as fast as Keras’, the target, would take 64 ms, less than the 66 ms in which ours multiplies: no saving elsewhere reaches the target',
  )
})

test('the room is that of the target against Keras, where a model has one of its own', () => {
  const fcnn = { experiment: 'fcnn', threads: 2, busy: { convolutions: 0, multiplying: 66, primitives: 70 } }
  const profiles = [makeProfile(fcnn), makeProfile({ ...fcnn, of: 'keras', ms: 100 })]
  expect(text(withBoth(makeProfileRecord({ profiles })), 'room-in-target', 'fcnn')).toContain(
    'A step 1.40 times as fast as Keras’',
  )
})

test('ours and Keras multiply alike where their calls are the same, whatever else they call and however long it takes', () => {
  const ours = makeProfile()
  const holds = (primitives: typeof ours.primitives) =>
    claimHolds(
      withBoth(makeProfileRecord({ profiles: [ours, makeProfile({ of: 'keras', primitives })] })),
      'keras-multiplies-alike',
    )
  expect(holds(ours.primitives.map((one) => ({ ...one, ms: 2 * one.ms })).reverse())).toBe(true)
  expect(holds(ours.primitives.filter(({ primitive }) => primitive !== 'reorder'))).toBe(true)
  expect(holds(ours.primitives.filter(({ primitive }) => primitive !== 'gemm_api'))).toBe(false)
  expect(holds(ours.primitives.map((one) => ({ ...one, implementation: 'ref' })))).toBe(false)
})

test('a step on WebAssembly is compared with one on one thread of the native engine, on the same processor only', () => {
  const data = withBoth()
  const portable = makeMeasurement({ of: 'portable-step', threads: 1, settings: {}, rounds: [{ ours: 820, tfjs: 2000 }] })
  writeBenchRecord(data.resultsDir, makeBenchRecord({ kind: 'portable', measurements: [portable] }))
  // Two processes take 41 ms a step between them: one takes 82.
  expect(text(data, 'portable-takes')).toBe('10')
  const { machine } = makeBenchRecord()
  const start = '2026-01-02T00:00:00.000Z'
  writeBenchRecord(data.resultsDir, makeBenchRecord({ start, machine: { ...machine, cpu: 'another' } }))
  expect(text({ ...data }, 'portable-takes')).toBeNull()
})
