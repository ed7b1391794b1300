import { expect, test } from 'vitest'
import { classF1IntervalsOf, meanClassF1, meanConfusion, scoreRange } from '../../src/data/picks.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { siteOfRuns } from './made-up-runs.ts'

test('a class’ interval is over seeds where there are several: narrow where they agree, wide where they do not', () => {
  const one = (tests: number[]) =>
    experimentData(siteOfRuns({ corrected: { cnn: tests.map((accuracy) => ({ test: accuracy })) } }), 'cnn')
  const width = (tests: number[]) => {
    const [interval] = classF1IntervalsOf(one(tests))!
    return interval!.high - interval!.low
  }
  expect(width([0.9, 0.901, 0.899])).toBeLessThan(0.01)
  expect(width([0.95, 0.9, 0.85])).toBeGreaterThan(0.1)
})

test('of one seed it is over test images, about as wide as 1,000 images allow', () => {
  const one = experimentData(siteOfRuns({ corrected: { cnn: { test: 0.9 } } }), 'cnn')
  const f1 = meanClassF1(one)!
  classF1IntervalsOf(one)!.forEach(({ low, high }, i) => {
    expect(low).toBeLessThan(f1[i]!)
    expect(high).toBeGreaterThan(f1[i]!)
    // ±1.96 √(.9 × .1 / 1,000) would be .037 wide.
    expect(high - low).toBeGreaterThan(0.02)
    expect(high - low).toBeLessThan(0.05)
  })
})

test('a confusion matrix over seeds still has 1,000 images a row', () => {
  const one = experimentData(siteOfRuns({ corrected: { cnn: [{ test: 0.9 }, { test: 0.94 }] } }), 'cnn')
  for (const row of meanConfusion(one)!) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1000, 6)
})

test('there is nothing of what was not run', () => {
  const one = experimentData(siteOfRuns({}), 'cnn')
  expect([classF1IntervalsOf(one), meanClassF1(one), meanConfusion(one)]).toEqual([null, null, null])
})

test('the published range is of the experiments that were published, whatever others the catalogue has', () => {
  const data = siteOfRuns({ corrected: { cnn: { test: 0.95 }, fcnn: { test: 0.92 }, 'cnn-no-pooling': { test: 0.94 } } })
  const experiments = data.experiments.map((one) =>
    one.experiment.name === 'cnn-no-pooling' ? { ...one, published: undefined } : one,
  )
  const without = { ...data, experiments }
  expect([scoreRange(data, 'plain', true), scoreRange(without, 'plain', true)]).toEqual(['.887 to .890', '.887 to .890'])
  expect(scoreRange(without, 'plain', false)).toBe('.920 to .950')
  expect(scoreRange(without, 'all', false)).toBeNull()
})
