import { expect, test } from 'vitest'
import type { SiteData } from '../../src/data/site-data.ts'
import { augmentationTable, modelCardTable, networksTable, poolingTable, runsTable } from '../../src/tables/comparisons.ts'
import type { TableContent } from '../../src/tables/table-data.ts'
import { withProtocol } from '../../src/data/with-protocol.ts'
import { lossesTable } from '../../src/tables/losses.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { rowOf, texts } from './hand-made.ts'

/** One run of each experiment, no number twice; its weights are those of ten epochs before the end. */
function site(): SiteData {
  const data = siteOfRuns({
    corrected: {
      cnn: { test: 0.95, train: 0.99, trainLoss: 0.02, heldLoss: 0.21, epochs: 30, secondsPerEpoch: 12 },
      fcnn: { test: 0.92, train: 0.98, trainLoss: 0.04, heldLoss: 0.35, epochs: 40, secondsPerEpoch: 6 },
      'cnn-augmented': { test: 0.96, train: 0.97, trainLoss: 0.05, heldLoss: 0.18, epochs: 60, secondsPerEpoch: 24 },
      'fcnn-augmented': { test: 0.93, train: 0.955, trainLoss: 0.08, heldLoss: 0.27, epochs: 50, secondsPerEpoch: 9 },
      'cnn-no-pooling': { test: 0.94, train: 0.985, trainLoss: 0.03, heldLoss: 0.25, epochs: 20, secondsPerEpoch: 30 },
    },
  })
  for (const run of data.allRuns) {
    const { validation, test } = run.evaluation
    run.scoredEpoch = run.epochs - 10
    run.evaluation.validation = { ...validation!, accuracy: test.accuracy + 0.015, loss: test.loss! - 0.05 }
  }
  return data
}

const shownIn = ({ columns, rows }: TableContent) => [columns.map(({ label }) => label), ...rows.map(texts)]

test('pooling: the CNN with and without it', () => {
  expect(shownIn(poolingTable(site(), {}))).toEqual([
    ['', 'CNN', 'CNN without pooling'],
    ['parameters', '1,199,882', '4,738,826'],
    ['multiply-adds for one image', '12\u00a0million', '16\u00a0million'],
    ['seconds an epoch (median)', '12', '30'],
    ['epochs trained', '30', '20'],
    ['epoch whose weights are scored', '20', '10'],
    ['minutes of training', '6.0', '10'],
    ['accuracy on the training images', '99.0\u00a0%', '98.5\u00a0%'],
    ['accuracy on the validation images', '96.5\u00a0%', '95.5\u00a0%'],
    ['accuracy on the test set', '95.0\u00a0%', '94.0\u00a0%'],
    ['macro F1 on the test set', '.950', '.940'],
    ['macro F1, published', '.887', '.890'],
  ])
})

test('networks: the CNN and the FCNN', () => {
  expect(shownIn(networksTable(site(), {}))).toEqual([
    ['', 'CNN', 'FCNN'],
    ['parameters', '1,199,882', '1,333,770'],
    ['multiply-adds for one image', '12\u00a0million', '1.3\u00a0million'],
    ['epochs trained', '30', '40'],
    ['accuracy on the training images', '99.0\u00a0%', '98.0\u00a0%'],
    ['accuracy on the validation images', '96.5\u00a0%', '93.5\u00a0%'],
    ['accuracy on the test set', '95.0\u00a0%', '92.0\u00a0%'],
    ['macro F1 on the test set', '.950', '.920'],
    ['macro F1, published', '.887', '.890'],
  ])
})

test('augmentation: both networks with and without it', () => {
  expect(shownIn(augmentationTable(site(), {}))).toEqual([
    ['', 'CNN', 'CNN, augmented', 'FCNN', 'FCNN, augmented'],
    ['accuracy on the test set', '95.0\u00a0%', '96.0\u00a0%', '92.0\u00a0%', '93.0\u00a0%'],
    ['macro F1 on the test set', '.950', '.960', '.920', '.930'],
    ['macro F1, published', '.887', '.922', '.890', '.919'],
    ['training accuracy minus test accuracy, points', '4.0', '1.0', '6.0', '2.5'],
    // .16 − .02, .13 − .05, .30 − .04, .22 − .08.
    ['validation loss minus training loss, dropout off', '.140', '.080', '.260', '.140'],
    ['epochs trained', '30', '60', '40', '50'],
    // 79 batches of 128 hold 10,000 images; 469 hold 60,000, and 4,688 hold ten copies of each.
    ['updates of the weights', '2,370', '4,740', '3,160', '3,950'],
    ['updates, published', '279,524', '1,565,792', '541,226', '2,376,816'],
    ['seconds an epoch (median)', '12', '24', '6.0', '9.0'],
    ['minutes of training', '6.0', '24', '4.0', '7.5'],
  ])
})

test('runs: a column for every experiment', () => {
  const { columns, rows, runs } = runsTable(site(), {})
  expect(columns.slice(1).map(({ label }) => label)).toEqual([
    'CNN',
    'FCNN',
    'CNN, augmented',
    'FCNN, augmented',
    'CNN without pooling',
  ])
  expect(rowOf(rows, 'epochs trained')).toEqual(['30', '40', '60', '50', '20'])
  expect(rowOf(rows, 'epoch whose weights are scored')).toEqual(['20', '30', '50', '40', '10'])
  expect(rowOf(rows, 'updates of the weights')).toEqual(['2,370', '3,160', '4,740', '3,950', '1,580'])
  expect(rowOf(rows, 'macro F1 on the test set')).toEqual(['.950', '.920', '.960', '.930', '.940'])
  expect(runs.map(({ experiment }) => experiment)).toEqual(['cnn', 'fcnn', 'cnn-augmented', 'fcnn-augmented', 'cnn-no-pooling'])
})

test('the model card has means over seeds, and beside them the accuracy of the run whose weights are stored', () => {
  const data = siteOfRuns({
    corrected: {
      cnn: [
        { test: 0.95, heldLoss: 0.2 },
        { test: 0.97, heldLoss: 0.3 },
      ],
      fcnn: { test: 0.92 },
    },
  })
  const [first, second] = data.allRuns
  second!.files.weights = 'a'.repeat(64)
  first!.evaluation.validation = { ...first!.evaluation.test, accuracy: 0.96 }
  second!.evaluation.validation = { ...second!.evaluation.test, accuracy: 0.99 }
  const { rows } = modelCardTable(data, {})
  const of = (name: string) => rowOf(rows, name).slice(0, 3)
  expect(of('parameters')).toEqual(['1,199,882', '1,333,770', '1,199,882'])
  expect(of('accuracy on the test set')).toEqual(['96.0\u00a0%', '92.0\u00a0%', null])
  expect(of('lowest F1 of a class')).toEqual(['.960', '.920', null])
  expect(of('accuracy on the validation images')).toEqual(['97.5\u00a0%', '92.0\u00a0%', null])
  expect(of('validation accuracy minus test accuracy, points')).toEqual(['1.5', '0.0', null])
  expect(of('loss on the test set')).toEqual(['.250', '.300', null])
  expect(of('accuracy on the test set of the stored weights')).toEqual(['97.0\u00a0%', null, null])
})

test('a number that runs lack is a dash, one of runs that were not made is not run yet', () => {
  const data = withProtocol(siteOfRuns({ published: { cnn: {}, fcnn: [{}, {}] } }), 'published')
  data.allRuns.find(({ experiment, seed }) => experiment === 'fcnn' && seed === 2)!.evaluation.train.loss = null
  expect(rowOf(runsTable(data, {}).rows, 'accuracy on the validation images')).toEqual(['–', '–', null, null, null])
  const { columns, rows } = lossesTable(data, {})
  const losses = rows.slice(0, 3).map((row) => texts(row).slice(1))
  expect(columns.map(({ label }) => label).slice(1, 5)).toEqual(['Training', 'Validation', 'Test', 'Validation − training'])
  expect(losses).toEqual([
    ['.100', '–', '.300', '–', '–'],
    ['–', '–', '.300', '–', '–'],
    [null, null, null, null, null],
  ])
})
