import { expect, test } from 'vitest'
import { trainCommands } from '../../src/data/train-commands.ts'
import { makeRecord } from '../helpers/make-record.ts'

test('the commands that train runs again name consecutive seeds as a range, and experiments with the same seeds together', () => {
  const runs = ['cnn', 'fcnn'].flatMap((experiment) => [1, 2, 3, 7].map((seed) => makeRecord({ experiment, seed })))
  expect(trainCommands([...runs, makeRecord({ experiment: 'cnn-no-pooling', seed: 1 })])).toEqual([
    'npm run experiments -- train cnn fcnn --protocol corrected --seeds 1-3,7',
    'npm run experiments -- train cnn-no-pooling --protocol corrected --seeds 1',
  ])
})
