import { expect, test } from 'vitest'
import { writeBenchRecord } from '../../experiments/results/bench-record.ts'
import {
  speedEpochsTable,
  speedMachineTable,
  speedOthersTable,
  speedPortableTable,
  speedProcessorsTable,
  speedStepsTable,
  speedTargetsTable,
} from '../../src/tables/speed.ts'
import { speedBoundsTable, speedProfileTable } from '../../src/tables/speed-profile.ts'
import { makeBenchRecord, makeMeasurement, makeProfile, makeProfileRecord } from '../helpers/make-bench-record.ts'
import { madeUpSite } from './made-up-site.ts'

const tables = [speedStepsTable, speedProcessorsTable, speedEpochsTable, speedOthersTable, speedMachineTable]

test('says of every table that nothing was measured yet where there is no record', () => {
  const data = madeUpSite()
  for (const table of [...tables, speedPortableTable, speedTargetsTable, speedProfileTable, speedBoundsTable])
    expect(table(data, {}).rows[0]).toContain('not measured yet')
})

test('shows medians and quartiles of what was measured, and ratios to each peer', () => {
  const data = madeUpSite()
  writeBenchRecord(data.resultsDir, makeBenchRecord())
  const [cnn] = speedStepsTable(data, {}).rows
  expect(cnn!.slice(0, 2)).toEqual(['CNN', '2 threads'])
  expect(cnn![2]).toEqual({ text: '41.0\u00a0(40.5\u00a0to\u00a041.5)', value: 41 })
  expect(cnn![3]).toMatchObject({ text: '1.51×\u00a0(1.51\u00a0to\u00a01.52)' })
  expect(
    speedOthersTable(data, {})
      .rows.find(([name]) => name === 'Augmented images, one core')!
      .slice(2),
  ).toEqual([{ text: '7.81×\u00a0(7.81\u00a0to\u00a07.81)', value: 7.8125 }, '–', '–'])
  for (const table of tables) expect(JSON.stringify(table(data, {}))).not.toMatch(/undefined|NaN|not measured/)
})

test('shows the newest measurement on each processor, the newest first', () => {
  const data = madeUpSite()
  const on = (cpu: string, day: string, times: Record<string, number>) => {
    const record = makeBenchRecord({ start: `2026-01-0${day}T00:00:00.000Z` })
    const measurements = record.measurements.map((one) => (one.of === 'step' ? { ...one, rounds: [times] } : one))
    writeBenchRecord(data.resultsDir, { ...record, machine: { ...record.machine, cpu }, measurements })
  }
  on('A', '1', { ours: 10, keras: 11, jax: 20 })
  on('A', '2', { ours: 10, keras: 15, jax: 20 })
  on('B', '3', { ours: 10, keras: 30, jax: 9 })
  const words = speedProcessorsTable(data, {}).rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? cell : cell!.text.replace('\u00a0', ' '))),
  )
  expect(words).toHaveLength(6)
  expect([words[0], words[3]]).toEqual([
    ['B', 'CNN', '3.00', '0.90 (JAX)', '3.00', '0.90 (JAX)'],
    ['A', 'CNN', '1.50', '1.50 (Keras)', '1.50', '1.50 (Keras)'],
  ])
})

test('leaves a peer that was not asked for unmeasured', () => {
  const data = madeUpSite()
  const measurements = makeBenchRecord().measurements.map((one) => ({
    ...one,
    settings: {},
    rounds: one.rounds.map(({ pytorch: _, ...others }) => others as Record<string, number>),
  }))
  writeBenchRecord(data.resultsDir, makeBenchRecord({ measurements }))
  expect(speedStepsTable(data, {}).rows[0]![5]).toBe('not measured yet')
})

test('names the places of a setting only where a peer had several', () => {
  const data = madeUpSite()
  const measurements = makeBenchRecord().measurements.map((one) =>
    one.of === 'step' && one.experiment === 'fcnn' ? { ...one, settings: { ...one.settings, pytorch: 'compile' } } : one,
  )
  writeBenchRecord(data.resultsDir, makeBenchRecord({ measurements }))
  const cell = (name: string) => speedMachineTable(data, {}).rows.find(([label]) => label === `${name}, fastest setting`)![1]
  expect(cell('Keras')).toBe('10 steps per execution')
  expect(cell('PyTorch')).toContain('compile: FCNN with 2 threads, FCNN with 2 processes')
})

test('shows the portable engine’s step beside TensorFlow.js’ own, from a record of their own', () => {
  const data = madeUpSite()
  const rounds = [100, 102, 104].map((ours) => ({ ours, tfjs: 5 * ours }))
  const measurements = [makeMeasurement({ of: 'portable-step', experiment: 'fcnn', threads: 1, settings: {}, rounds })]
  writeBenchRecord(data.resultsDir, makeBenchRecord({ kind: 'portable', measurements }))
  expect(speedPortableTable(data, {}).rows).toEqual([
    ['FCNN', { text: '102\u00a0(101\u00a0to\u00a0103)', value: 102 }, { text: '5.00×\u00a0(5.00\u00a0to\u00a05.00)', value: 5 }],
  ])
  expect(speedStepsTable(data, {}).rows[0]).toContain('not measured yet')
})

test('shows each target beside what was measured, and whether it is met', () => {
  const data = madeUpSite()
  writeBenchRecord(data.resultsDir, makeBenchRecord())
  const { rows } = speedTargetsTable(data, {})
  expect(rows.find(([what, as]) => what === 'Augmentation' && as === 'times as fast as Keras’')!.slice(2)).toEqual([
    'at\u00a0least\u00a04.00',
    { text: '7.81\u00a0(7.81\u00a0to\u00a07.81)', value: 7.8125 },
    'yes',
  ])
  expect(rows.find(([what]) => what === 'CNN, step on WebAssembly')!.slice(3)).toEqual(['not measured yet', '–'])
})

test('shows a step’s parts: each convolution and pass with the share of the peak that it reaches, and what is left over', () => {
  const data = madeUpSite()
  writeBenchRecord(data.resultsDir, makeProfileRecord())
  const { rows, summary } = speedProfileTable(data, {})
  const words = (row: (typeof rows)[number]) =>
    row.slice(0, 5).map((cell) => (typeof cell === 'string' ? cell : cell!.text.replace('\u00a0', ' ')))
  expect(rows.map(words)).toEqual([
    ['First convolution, forward', '0.05', '2.00', '16 %', '2.00'],
    ['First convolution, gradient of its weights', '0.05', '3.00', '10 %', '3.00'],
    ['Second convolution, forward', '2.40', '16.0', '94 %', '16.0'],
    ['Second convolution, gradient of its input', '2.40', '19.0', '79 %', '19.0'],
    ['Second convolution, gradient of its weights', '2.40', '20.0', '75 %', '20.0'],
    ['Matrix products', '0.60', '6.00', '63 %', '6.00'],
    ['Max pooling', '', '3.00', '', '3.00'],
    ['Other primitives of oneDNN', '', '1.00', '', '1.00'],
    ['Outside of oneDNN', '', '10.0', '', '30.0'],
  ])
  expect(words(summary![0]!)).toEqual(['The whole step', '7.90', '80.0', '62 %', '100.0'])
  // No profile with two threads here.
  expect(rows[0]!.slice(5)).toEqual(['–', '–'])
})

test('shows what a step could be at best, and leaves out what was not profiled', () => {
  const data = madeUpSite()
  const fcnn = makeProfile({ experiment: 'fcnn', busy: { convolutions: 0, multiplying: 40, primitives: 40 } })
  writeBenchRecord(data.resultsDir, makeProfileRecord({ profiles: [...makeProfileRecord().profiles, fcnn] }))
  const words = speedBoundsTable(data, {}).rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? cell : cell!.text.replace('\u00a0', ' '))),
  )
  expect(words).toEqual([
    ['CNN', 'one thread', '75 %', '83 %', '1.25×', '1.52×', '1.67×'],
    ['FCNN', 'one thread', '–', '50 %', '–', '–', '–'],
  ])
})
