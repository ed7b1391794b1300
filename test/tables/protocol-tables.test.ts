import { expect, test } from 'vitest'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { writeBenchRecord } from '../../experiments/results/bench-record.ts'
import { stoppingTable } from '../../src/tables/audit-runs.ts'
import { sweepTable } from '../../src/tables/rate-sweep.ts'
import { reproducedClassesTable } from '../../src/tables/reproduced-classes.ts'
import { expectationsTable, reproducedLossesTable, reproducedRunsTable } from '../../src/tables/reproduction.ts'
import { settingsTable } from '../../src/tables/settings.ts'
import { speedEpochsTable, speedSiteTable } from '../../src/tables/speed.ts'
import { structureTable } from '../../src/tables/structure.ts'
import { makeBenchRecord, makeMeasurement } from '../helpers/make-bench-record.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { halfMisread, rowOf, scoreOf } from './hand-made.ts'

test('the sweep has means over seeds of test and validation accuracy', () => {
  const data = siteOfRuns({ 'sweep-adadelta-0.1': { cnn: [{ test: 0.9 }, { test: 0.94 }], fcnn: { test: 0.8 } } })
  const validation = [0.95, 0.97, 0.85]
  data.allRuns.forEach((run, i) => (run.evaluation.validation = { ...run.evaluation.test, accuracy: validation[i]! }))
  const { columns, rows } = sweepTable(data, {})
  expect(columns.slice(1, 4).map(({ label }) => label)).toEqual(['test', 'validation', 'seeds'])
  expect(rowOf(rows, 'Adadelta 0.1')).toEqual(['92.0\u00a0%', '96.0\u00a0%', '2', '80.0\u00a0%', '85.0\u00a0%', '1'])
  expect(rowOf(rows, 'Adadelta 1')).toEqual([null, null, '0', null, null, '0'])
})

/** The CNN by the original's protocol: half of お is read as き, of training images a third of す as つ, and the rate is cut at epoch 5. */
function reproduced() {
  const data = siteOfRuns({ published: { cnn: { epochs: 10, secondsPerEpoch: 12 } } })
  const run = data.allRuns[0]!
  run.evaluation = { train: scoreOf(30, 0.02, [[2, 3, 10]]), test: halfMisread(0, 1, 0.25) }
  run.history = run.history.map((row) => ({ ...row, learningRate: row.epoch < 5 ? 0.001 : 0.0001 }))
  return data
}

test('class scores of the original’s protocol: published, ours and the difference', () => {
  const { columns, rows, summary } = reproducedClassesTable(reproduced(), {})
  expect(columns.slice(1, 4).map(({ label }) => label)).toEqual(['published', 'ours', 'difference'])
  // Of 30 images a class: 2/3 is far from .9114, 4/5 less so from .8728.
  expect(rowOf(rows, 'お o 0').slice(0, 3)).toEqual(['.911', '.667', '−.245 *'])
  expect(rowOf(rows, 'き ki 1').slice(0, 2)).toEqual(['.873', '.800'])
  expect(rowOf(summary!, 'macro F1').slice(0, 2)).toEqual(['.887', '.947'])
})

test('runs of the original’s protocol beside what it printed', () => {
  const { rows } = reproducedRunsTable(reproduced(), {})
  const [last, ourLast, cut, ourCut, updates, ourUpdates, f1, ourF1, trainF1, ourTrainF1] = rowOf(rows, 'CNN, seed 1')
  expect([last, cut, updates, f1, trainF1]).toEqual(['596', '560 (3)', '279,524', '.887', '.962'])
  // 300 images are three batches; of training images F1s are 40 ÷ 50, 60 ÷ 70 and eight times 1.
  expect([ourLast, ourCut, ourUpdates, ourF1, ourTrainF1]).toEqual(['10', '5 (1)', '30', '.947', '.966'])
})

test('losses of the original’s protocol, and what was expected of it', () => {
  const data = reproduced()
  // 10 epochs of 12 s.
  expect(rowOf(reproducedLossesTable(data, {}).rows, 'CNN, seed 1').slice(0, 5)).toEqual([
    'by its rule',
    '2.0',
    '.020',
    '.250',
    '.230',
  ])
  // .9467 − .8874.
  const expected = rowOf(expectationsTable(data, {}).rows, 'CNN, seed 1')
  expect([expected[2], expected.at(-1)]).toEqual(['+.059', 'too few epochs'])
})

/** A score of 10,000 images at the epoch that a criterion chose. */
const chosen = (run: RunRecord, chosenBy: 'last' | 'validation' | 'test', epoch: number, accuracy: number) => ({
  chosenBy,
  epoch,
  test: { ...run.evaluation.test, accuracy },
})

test('an audit run’s accuracies at the epochs that test set, validation set and the end chose', () => {
  const data = siteOfRuns({ 'audit-1.0': { cnn: { epochs: 100 } } })
  const run = data.allRuns[0]!
  run.evaluation.alsoScored = [chosen(run, 'last', 100, 0.91), chosen(run, 'validation', 60, 0.92), chosen(run, 'test', 40, 0.94)]
  const { columns, rows } = stoppingTable(data, {})
  expect(columns.slice(1).map(({ group, label }) => group ?? label)).toEqual([
    'Chosen by test',
    'Chosen by test',
    'Chosen by validation',
    'Chosen by validation',
    'Last epoch’s accuracy',
    'Gained by the test set',
    'Gained by the test set',
  ])
  // 2 points ± 1.96 √(.94 × .06 + .92 × .08) ÷ 100.
  const cells = ['40', '94.0\u00a0%', '60', '92.0\u00a0%', '91.0\u00a0%', '2.0', '1.3 to 2.7']
  expect(rowOf(rows, 'CNN, at rate 1.0, seed 1')).toEqual(cells)
})

test('settings say how many seeds each experiment has, the most first, and how many images it learns from', () => {
  const data = siteOfRuns({ corrected: { cnn: [{}, {}], fcnn: {}, 'cnn-augmented': [{}, {}], 'fcnn-augmented': {} } })
  const { rows } = settingsTable(data, {})
  expect(rowOf(rows, 'Runs').slice(0, 2)).toEqual([
    '1 seed each (42)',
    '2 seeds (CNN; CNN, augmented), 1 seed (FCNN; FCNN, augmented), 0 seeds (CNN without pooling)',
  ])
  expect(rowOf(rows, 'Images learned from').slice(0, 2)).toEqual(['60,000, all training images', '55,000 of the same'])
})

test('an epoch beside its steps alone, and an augmented one beside a plain one', () => {
  const data = siteOfRuns({})
  writeBenchRecord(data.resultsDir, makeBenchRecord())
  const median = (cell: string | null | undefined) => cell?.split('\u00a0')[0]
  // 4.2 s of which the steps are 4 s, and 4.3 s; 3.1 s of 3 s, and 3.9 s.
  const { rows } = speedEpochsTable(data, {})
  expect(rowOf(rows, 'CNN').map(median)).toEqual(['4.20', '1.05', '1.02'])
  expect(rowOf(rows, 'FCNN').map(median)).toEqual(['3.10', '1.03', '1.26'])
})

test('the build of the site beside that of another generator', () => {
  const data = siteOfRuns({})
  const built = makeMeasurement({ of: 'site', experiment: null, unit: 's', settings: {}, rounds: [{ ours: 25, other: 50 }] })
  writeBenchRecord(data.resultsDir, makeBenchRecord({ kind: 'site', versions: { other: 'Another 1.0' }, measurements: [built] }))
  expect(speedSiteTable(data, {}).rows.map((row) => row.map((cell) => (typeof cell === 'object' ? cell?.value : cell)))).toEqual([
    ['This site', 25, ''],
    ['Another 1.0', 50, 2],
  ])
})

test('kernels that are a blur without its mean are so in the table, and nothing else', () => {
  const blur = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => weight - 16 / 9)
  const data = siteOfRuns({ corrected: { cnn: {} } })
  const weights = [32, 0, 32 * 64].map((kernels) =>
    Float32Array.from({ length: 9 * kernels }, (_, i) => blur[Math.floor(i / kernels)]!),
  )
  const { columns, rows } = structureTable({ ...data, weights: () => weights }, {})
  expect(columns.slice(2).map(({ label }) => label)).toEqual(['even grey', 'edges', 'blur', 'all of these', 'Moran’s I'])
  const values = rows[0]!.slice(2).map((cell) => (typeof cell === 'object' ? cell?.value : cell))
  // By hand: squares of 612 / 81, and products of 160 / 81 with the centre and −112 / 81 with the corners, of 12 pairs.
  const likeness = ((9 / 12) * 48) / 612
  expect(values).toEqual([0, 0, 1, 1, likeness].map((value) => expect.closeTo(value, 5) as unknown))
})
