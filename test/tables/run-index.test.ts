import { expect, test } from 'vitest'
import { otherRuns, plannedTable, runIndex } from '../../src/tables/run-index.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { texts } from './hand-made.ts'

/** Two seeds of ours, one of the original's protocol and one of a sweep. */
function site() {
  const data = siteOfRuns({
    corrected: {
      cnn: [
        { test: 0.95, epochs: 30, secondsPerEpoch: 12 },
        { test: 0.9, epochs: 100, secondsPerEpoch: 30, status: 'stopped-at-budget' },
      ],
    },
    published: { fcnn: { test: 0.89, epochs: 1154 } },
    'sweep-adadelta-1': { cnn: { test: 0.8, epochs: 10, secondsPerEpoch: 6 } },
  })
  const [first] = data.allRuns
  first!.scoredEpoch = 20
  first!.evaluation.validation = { ...first!.evaluation.test, accuracy: 0.97 }
  return data
}

test('every run that has a page, with its scores, epochs and end', () => {
  const { columns, rows } = runIndex(site())
  expect(columns.map(({ label }) => label)).toEqual([
    'Run',
    'Protocol',
    'Seed',
    'Test accuracy',
    '95 % interval',
    'Macro F1',
    'Validation accuracy',
    'Epochs',
    'Epoch kept',
    'Ended',
    'Minutes',
  ])
  // Wilson's intervals of 10,000 images.
  const [a, b, c] = ['94.6 to 95.4\u00a0%', '89.4 to 90.6\u00a0%', '88.4 to 89.6\u00a0%']
  expect(rows.map(texts)).toEqual([
    ['CNN', 'ours', '1', '95.0\u00a0%', a, '.950', '97.0\u00a0%', '30', '20', 'by its rule', '6.0'],
    ['CNN', 'ours', '2', '90.0\u00a0%', b, '.900', '90.0\u00a0%', '100', '100', 'at its budget', '50'],
    ['FCNN', 'the original’s', '1', '89.0\u00a0%', c, '.890', '–', '1,154', '1,154', 'by its rule', '19'],
  ])
  expect(rows.map(([run]) => run)).toMatchObject([
    { href: '/runs/corrected/cnn/seed-1/' },
    { href: '/runs/corrected/cnn/seed-2/' },
    { href: '/runs/published/fcnn/seed-1/' },
  ])
})

test('every other run in figures, without a link', () => {
  const { rows } = otherRuns(site())
  expect(rows).toHaveLength(1)
  expect(rows[0]![0]).toEqual({ text: 'CNN' })
  expect(texts(rows[0]!).slice(1, 4)).toEqual(['sweep-adadelta-1', '1', '80.0\u00a0%'])
})

test('counts what is planned, done, at its budget and not run yet', () => {
  const { columns, rows } = plannedTable(site())
  expect(columns.map(({ label }) => label)).toEqual(['Runs', 'Planned', 'Done', 'of them at their budget', 'Not run yet'])
  expect(rows.map(texts)).toEqual([
    // Five experiments of eight seeds.
    ['corrected: our protocol', '40', '2', '1', '38'],
    // Five of seed 42, and the FCNN of two more.
    ['published: the original’s, unchanged', '7', '1', '0', '6'],
    // Two rates, two seeds of the CNN and three of the FCNN.
    ['audits: what the rate and stopping on the test set cost', '10', '0', '0', '10'],
    // 24 settings of two networks and two seeds.
    ['sweeps: rates and optimizers', '96', '1', '0', '95'],
  ])
})

test('a run that nobody planned does not count as done', () => {
  const { rows } = plannedTable(siteOfRuns({ published: { cnn: {} } }))
  expect(texts(rows[1]!).slice(1)).toEqual(['7', '0', '0', '7'])
})
