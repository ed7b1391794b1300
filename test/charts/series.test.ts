import { expect, test } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { dash, hue, seriesOf } from '../../src/charts/series.ts'

test('the hue says the network, read off its layers, and the dash says augmentation', () => {
  const code = experiments.map((experiment) => [hue(seriesOf(experiment)), dash(seriesOf(experiment)) !== undefined])
  expect(code).toEqual([
    ['var(--cnn)', false],
    ['var(--fcnn)', false],
    ['var(--cnn)', true],
    ['var(--fcnn)', true],
    ['var(--no-pooling)', false],
  ])
})
