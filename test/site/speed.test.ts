import { expect, test } from 'vitest'
import { writeBenchRecord } from '../../experiments/results/bench-record.ts'
import {
  speedEpochsTable,
  speedMachineTable,
  speedOthersTable,
  speedPortableTable,
  speedStepsTable,
} from '../../src/tables/speed.ts'
import { makeBenchRecord, makeMeasurement } from '../helpers/make-bench-record.ts'
import { madeUpSite } from './made-up-site.ts'

const tables = [speedStepsTable, speedEpochsTable, speedOthersTable, speedMachineTable]

test('says of every table that nothing was measured yet where there is no record', () => {
  const data = madeUpSite()
  for (const table of [...tables, speedPortableTable]) expect(table(data, {}).rows[0]).toContain('not measured yet')
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
