import { expect, test } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import { measured } from '../../src/data/measured.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { madeUpSite } from './made-up-site.ts'

test('gives a single run’s score with an interval over test images around it', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  const found = measured(data, 'macroF1', 'cnn')!
  expect(found.value).toBe(macroF1(found.runs[0]!.evaluation.test.confusion))
  expect(found.interval!.over).toBe('test images')
  expect(found.interval!.low).toBeLessThan(found.value)
  expect(found.interval!.high).toBeGreaterThan(found.value)
})

test('gives the mean over seeds with Student’s t interval where there are several', () => {
  const data = madeUpSite({ experiments: ['fcnn'], seeds: [1, 2, 3], weights: false })
  const found = measured(data, 'accuracy', 'fcnn')!
  const [a, b, c] = found.perSeed as [number, number, number]
  const mean = (a + b + c) / 3
  const deviation = Math.sqrt(((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2) / 2)
  expect(found.value).toBeCloseTo(mean, 12)
  expect(found.interval!.over).toBe('seeds')
  // 4.3027 is the tabled t of two degrees of freedom.
  expect(found.interval!.high - found.value).toBeCloseTo((4.302653 * deviation) / Math.sqrt(3), 6)
})

test('is null for an experiment that was not run', () => {
  expect(measured(madeUpSite(), 'macroF1', 'cnn')).toBeNull()
})

test('counts a model’s parameters without any run', () => {
  const data = madeUpSite()
  expect(experiments.map(({ name }) => measured(data, 'parameters', name)!.value)).toEqual([
    1_199_882, 1_333_770, 1_199_882, 1_333_770, 4_738_826,
  ])
})

test('counts what a layer takes in, and what a convolution saves, from the model alone', () => {
  const data = madeUpSite()
  const of = (name: string, experiment: string) => measured(data, name, experiment)!.value
  expect(['cnn', 'fcnn', 'cnn-no-pooling'].map((name) => of('firstDenseInputs', name))).toEqual([
    12 * 12 * 64,
    28 * 28,
    24 * 24 * 64,
  ])
  expect(of('secondConvolutionParameters', 'cnn')).toBe(3 * 3 * 32 * 64 + 64)
  expect(of('secondConvolutionAsDense', 'cnn')).toBe((26 * 26 * 32 + 1) * 24 * 24 * 64)
  expect(of('secondConvolutionAsDense', 'fcnn')).toBe(0)
})

test('counts updates with the last, smaller batch', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  expect(measured(data, 'updates', 'cnn')!.value).toBe(experimentData(data, 'cnn').runs[0]!.epochs * Math.ceil(55_000 / 128))
})

test('names what there is for an unknown measure or experiment', () => {
  const data = madeUpSite()
  expect(() => measured(data, 'beauty', 'cnn')).toThrow(/no measure "beauty".*macroF1/)
  expect(() => measured(data, 'macroF1', 'rnn')).toThrow(/no experiment "rnn".*fcnn/)
})
