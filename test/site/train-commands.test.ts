import { expect, test } from 'vitest'
import { foldRuns, trainCommands } from '../../src/data/train-commands.ts'
import { makeRecord } from '../helpers/make-record.ts'

test('the commands that train runs again name consecutive seeds as a range, and experiments with the same seeds together', () => {
  const runs = ['cnn', 'fcnn'].flatMap((experiment) => [1, 2, 3, 7].map((seed) => makeRecord({ experiment, seed })))
  expect(trainCommands([...runs, makeRecord({ experiment: 'cnn-no-pooling', seed: 1 })])).toEqual([
    'npm run experiments -- train cnn fcnn --protocol corrected --seeds 1-3,7 --out /tmp/again',
    'npm run experiments -- train cnn-no-pooling --protocol corrected --seeds 1 --out /tmp/again',
  ])
})

test('runs of a sweep fold into one line and one loop for each optimizer and set of seeds', () => {
  const sweep = (kind: string, rates: number[], seeds: number[]) =>
    rates.flatMap((rate) => seeds.map((seed) => makeRecord({ experiment: 'fcnn', protocol: `sweep-${kind}-${rate}`, seed })))
  const runs = [
    ...sweep('adadelta', [0.0003, 0.001, 3], [1, 2]),
    ...sweep('sgd', [0.1], [1]),
    ...sweep('sgd', [0.01, 0.03], [1, 2]),
  ]
  expect(foldRuns(runs).map(({ protocol, variants, runs: own }) => [protocol, variants, own.length])).toEqual([
    ['sweep-adadelta', ['0.0003', '0.001', '3'], 6],
    ['sweep-sgd-0.1', [], 1],
    ['sweep-sgd', ['0.01', '0.03'], 4],
  ])
  const train = 'npm run experiments -- train fcnn --protocol'
  expect(trainCommands(runs)).toEqual([
    `for rate in 0.0003 0.001 3; do ${train} sweep-adadelta-$rate --seeds 1,2 --out /tmp/again; done`,
    `${train} sweep-sgd-0.1 --seeds 1 --out /tmp/again`,
    `for rate in 0.01 0.03; do ${train} sweep-sgd-$rate --seeds 1,2 --out /tmp/again; done`,
  ])
})

test('audits at two rates keep the names of their protocols, and networks with the same seeds share a loop', () => {
  const runs = ['cnn', 'fcnn'].flatMap((experiment) =>
    ['audit-1.0', 'audit-0.001'].map((protocol) => makeRecord({ experiment, protocol, seed: 1 })),
  )
  expect(trainCommands(runs)).toEqual([
    'for rate in 1.0 0.001; do npm run experiments -- train cnn fcnn --protocol audit-$rate --seeds 1 --out /tmp/again; done',
  ])
})
