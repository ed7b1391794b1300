import { expect, it } from 'vitest'
import { protocols } from '../../experiments/catalogue.ts'
import {
  ending,
  historyEpochs,
  runClasses,
  runEpochs,
  runFiles,
  runProvenance,
  runScores,
  runSettings,
} from '../../src/tables/run-tables.ts'
import { halfMisread, handMadeRecord, rowOf, scoreOf, texts } from './hand-made.ts'

const base = handMadeRecord()

it('each set has its images, loss, accuracy and macro F1, with intervals', () => {
  const { columns, rows } = runScores(base)
  expect(columns.map(({ label }) => label)).toEqual([
    'Images',
    'how many',
    'Loss',
    'Accuracy',
    '95 % interval',
    'Macro F1',
    '95 % interval',
  ])
  // Wilson's intervals of 285 of 300, 17 of 20 and 77 of 100; those of macro F1 from its slope in every cell, by differences.
  expect(rows).toEqual([
    ['training', '300', '.100', '95.0\u00a0%', '91.9 to 96.9\u00a0%', '.947', '.924 to .970'],
    ['validation', '20', '.400', '85.0\u00a0%', '64.0 to 94.8\u00a0%', '.813', '.714 to .913'],
    ['test', '100', '.500', '77.0\u00a0%', '67.8 to 84.2\u00a0%', '.749', '.667 to .830'],
  ])
})

it('epochs that were scored besides stand below, and what was not scored is left out', () => {
  const { train, test } = base.evaluation
  const { rows } = runScores(
    handMadeRecord({
      evaluation: { train, test, alsoScored: [{ chosenBy: 'last', epoch: 4, test: halfMisread(0, 1, null) }] },
    }),
  )
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    ['training', '300', '.100', '95.0\u00a0%'],
    ['test', '100', '.500', '77.0\u00a0%'],
    ['test, epoch 4 (last)', '300', 'not finite', '95.0\u00a0%'],
  ])
})

it('each class has its F1, recall, precision and commonest mistake', () => {
  const { columns, rows } = runClasses(base)
  expect(columns.map(({ label }) => label)).toEqual(['Class', 'F1', 'Recall', '95 % interval', 'Precision', 'Mostly misread as'])
  expect(rows).toHaveLength(10)
  // Of お 2 of 10 are read right, 6 as き and 2 as な; one き is read as お.
  expect(rowOf(rows, 'お o 0')).toEqual(['.308', '20.0\u00a0%', '5.7 to 51.0\u00a0%', '66.7\u00a0%', 'き ki 1: 6'])
  expect(rowOf(rows, 'き ki 1')).toEqual(['.720', '90.0\u00a0%', '59.6 to 98.2\u00a0%', '60.0\u00a0%', 'お o 0: 1'])
  const [f1, recall, , precision, mistake] = rowOf(rows, 'つ tsu 3')
  expect([f1, recall, precision, mistake]).toEqual(['.800', '100.0\u00a0%', '66.7\u00a0%', '–'])
})

it('a class without images has no recall, and one that nothing is read as no precision', () => {
  const test = scoreOf(10, 0.5, [
    [0, 1, 10],
    [2, 3, 10],
    [3, 2, 10],
  ])
  test.confusion[4]!.fill(0)
  const { rows } = runClasses(handMadeRecord({ evaluation: { ...base.evaluation, test } }))
  const recallAndPrecision = (name: string) => [1, 3].map((column) => rowOf(rows, name)[column])
  expect(recallAndPrecision('お o 0')).toEqual(['0.0\u00a0%', '–'])
  expect(recallAndPrecision('す su 2')).toEqual(['0.0\u00a0%', '0.0\u00a0%'])
  expect(recallAndPrecision('な na 4')).toEqual(['–', '–'])
})

it('settings are those of the run, and augmentation only where it was augmented', () => {
  const { rows } = runSettings(base)
  expect(rowOf(rows, 'Model')).toEqual(['FCNN: 1,333,770 parameters'])
  expect(rowOf(rows, 'Seed')).toEqual(['3: initial weights, order, dropout, split'])
  expect(rowOf(rows, 'Optimizer')).toEqual(['Adadelta, rate 1, rho 0.95, epsilon 1e-7'])
  expect(rowOf(rows, 'Augmentation')).toEqual(['none'])
  expect(() => rowOf(rows, 'Transforms')).toThrow(/no row/)
  const { experiment, protocol } = base.settings
  const augmented = runSettings(handMadeRecord({ settings: { protocol, experiment: { ...experiment, augmented: true } } }))
  expect(rowOf(augmented.rows, 'Seed')).toEqual(['3: initial weights, order, dropout, augmentation, split'])
  expect(rowOf(augmented.rows, 'Augmentation')).toEqual(['drawn afresh every epoch'])
  expect(rowOf(augmented.rows, 'Transforms')).toEqual(['rotation ±10°, shift ±10 %, zoom 0.9 to 1.1, shear ±0.1°'])
  const original = protocols.find(({ name }) => name === 'published')!
  const steered = runSettings(handMadeRecord({ settings: { protocol: original, experiment } }))
  expect(rowOf(steered.rows, 'Seed')).toEqual(['3: initial weights, order, dropout'])
})

it('provenance says where and with what the run was trained', () => {
  const { rows } = runProvenance(
    handMadeRecord({
      provenance: { ...base.provenance, commit: 'c'.repeat(40), cores: 8, peakMemoryBytes: 1_234_400_000 },
      dataset: { source: 'drawn-kana', trainImages: '1', trainLabels: '2', testImages: '3', testLabels: '4' },
    }),
  )
  expect(rows).toEqual([
    ['Commit', 'cccccccc'],
    ['Engine', 'native: tfjs-node 4.22.0, TensorFlow 2.21.0'],
    ['Processor', 'a test, 8 cores'],
    ['Threads', '1'],
    ['System', 'Linux, Node v22.23.2'],
    ['Most memory', '1,234\u00a0MB'],
    ['Speed', '1,234 training images a second (median epoch)'],
    ['SHA-256 of package-lock.json', '0'.repeat(64)],
    ['Data set', 'drawn characters in place of the data set: the scores mean nothing'],
    ['SHA-256 of training images', '1'],
    ['SHA-256 of training labels', '2'],
    ['SHA-256 of test images', '3'],
    ['SHA-256 of test labels', '4'],
  ])
  expect(rowOf(runProvenance(base).rows, 'Data set')).toEqual(['Kuzushiji-MNIST, second version'])
})

it('the history has loss and accuracy of training and validation, the kept epoch marked', () => {
  const { columns, rows } = runEpochs(base)
  expect([columns.map(({ label }) => label), ...rows.map(texts)]).toEqual([
    ['Epoch', 'Loss', 'Accuracy', 'Validation loss', 'Validation accuracy', 'Rate'],
    ['1', '.900', '70.0\u00a0%', '.800', '75.0\u00a0%', '1'],
    ['2', '.600', '80.0\u00a0%', '.400', '85.0\u00a0%', '1'],
    ['3', '.500', '81.0\u00a0%', '.450', '84.0\u00a0%', '0.1'],
    ['4', 'not finite', '82.0\u00a0%', 'not finite', '83.0\u00a0%', '0.01'],
  ])
  expect(rows.map((row) => row[4])).toMatchObject([{ best: false }, { best: true }, { best: false }, { best: false }])
})

it('the history has the test accuracy where every epoch was scored on the test set', () => {
  const history = base.history.map((row) => ({ ...row, testLoss: 1, testAccuracy: 0.5 + row.epoch / 10 }))
  const { columns, rows } = runEpochs(handMadeRecord({ history }))
  expect(columns.map(({ label }) => label).slice(4)).toEqual(['Validation accuracy', 'Test accuracy', 'Rate'])
  expect(texts(rows[1]!).slice(4)).toEqual(['85.0\u00a0%', '70.0\u00a0%', '1'])
})

it('of a long history every third epoch is written out, and those that something happened in', () => {
  const history = Array.from({ length: 301 }, (_, i) => ({
    ...base.history[0]!,
    epoch: i + 1,
    learningRate: i + 1 < 200 ? 1 : 0.1,
  }))
  const written = historyEpochs(handMadeRecord({ history, epochs: 301, scoredEpoch: 100 })).map(({ epoch }) => epoch)
  expect(written.slice(0, 13)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18])
  // The kept one, the first at the lower rate and the last.
  expect(written.filter((epoch) => epoch > 10 && epoch % 3 !== 0)).toEqual([100, 200, 301])
  expect(written).toHaveLength(10 + 97 + 3)
})

it('files have their size and checksum, or are said not to be kept', () => {
  const { rows } = runFiles(handMadeRecord({ files: { predictions: 'd'.repeat(64), weights: 'e'.repeat(64) } }))
  expect(rows).toEqual([
    // 100 images of ten numbers of two bytes, and 1,333,770 weights of two bytes.
    ['seed-3.predictions.bin', 'logits of the test images, float16', '2\u00a0kB', 'd'.repeat(64)],
    ['seed-3.weights.bin', 'the weights scored, float16', '2.7\u00a0MB', 'e'.repeat(64)],
  ])
  expect(runFiles(handMadeRecord({ files: { predictions: 'd'.repeat(64), weights: null } })).rows[1]).toEqual([
    'seed-3.weights.bin',
    'the weights scored, float16: not kept',
    '–',
    '–',
  ])
})

it('a run ends by its rule or at its budget', () => {
  expect(ending(handMadeRecord({ status: 'converged' }))).toBe('by its stopping rule')
  expect(ending(handMadeRecord({ status: 'stopped-at-budget', epochs: 1000 }))).toBe('at its budget of 1,000 epochs')
})
