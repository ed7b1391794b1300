import { expect, test } from 'vitest'
import { frequentMistakes } from '../../src/data/picks.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { mistakesTable } from '../../src/tables/mistakes.ts'
import { madeUpSite } from '../site/made-up-site.ts'

test('counts mistakes a seed, so that experiments with more seeds compare', () => {
  const data = madeUpSite({ experiments: ['cnn'], seeds: [1, 2, 3], weights: false })
  const [, cell] = mistakesTable(data, {}).rows[0]!
  const { truth, predicted, count } = frequentMistakes(data, 'cnn')![0]!
  const seeds = experimentData(data, 'cnn').runs.map((run) => run.evaluation.test.confusion[truth.index]![predicted.index]!)
  expect(seeds).toHaveLength(3)
  expect(count).toBeCloseTo((seeds[0]! + seeds[1]! + seeds[2]!) / 3, 10)
  expect(cell).toMatchObject({ text: expect.stringMatching(new RegExp(`: ${Math.round(count)}$`)) })
})
