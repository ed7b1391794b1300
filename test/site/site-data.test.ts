import { expect, test, vi } from 'vitest'
import type * as Catalogue from '../../experiments/catalogue.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { madeUpSite } from './made-up-site.ts'

vi.mock('../../experiments/catalogue.ts', async (original) => {
  const catalogue = await original<typeof Catalogue>()
  const wide = { ...catalogue.experiments[0]!, name: 'cnn-wide', title: 'CNN, wide' }
  return { ...catalogue, experiments: [...catalogue.experiments, wide] }
})

test('an experiment that is neither planned nor run is in no table, and found by its name', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  const names = data.experiments.map(({ experiment }) => experiment.name)
  expect(names).toEqual(['cnn', 'fcnn', 'cnn-augmented', 'fcnn-augmented', 'cnn-no-pooling'])
  expect(experimentData(data, 'cnn-wide')).toMatchObject({ experiment: { title: 'CNN, wide' }, runs: [], published: undefined })
  expect(experimentData(data, 'cnn').runs).toHaveLength(1)
  expect(() => experimentData(data, 'cnn-wider')).toThrow('there is no experiment "cnn-wider": the catalogue has cnn, ')
})
