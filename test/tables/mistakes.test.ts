import { expect, test } from 'vitest'
import { frequentMistakes } from '../../src/data/picks.ts'
import { mistakesTable } from '../../src/tables/mistakes.ts'
import { madeUpSite } from '../site/made-up-site.ts'

test('counts mistakes a seed, so that experiments with more seeds compare', () => {
  const data = madeUpSite({ experiments: ['cnn'], seeds: [1, 2, 3], weights: false })
  const [, cell] = mistakesTable(data, {}).rows[0]!
  const summed = frequentMistakes(data, 'cnn')![0]!.count
  expect(cell).toMatchObject({ text: expect.stringMatching(new RegExp(`: ${Math.round(summed / 3)}$`)) })
})
