import { expect, test } from 'vitest'
import {
  classF1IntervalsOf,
  frequentMistakes,
  hardestClass,
  meanClassF1,
  meanConfusion,
  scoreRange,
} from '../../src/data/picks.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { scoreOf } from '../tables/hand-made.ts'
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

test('confusion matrices, class F1s and mistakes are means over seeds', () => {
  const data = siteOfRuns({ corrected: { cnn: [{}, {}] } })
  const [first, second] = data.allRuns
  first!.evaluation.test = scoreOf(10, 0.1, [
    [0, 1, 6],
    [2, 3, 1],
  ])
  second!.evaluation.test = scoreOf(10, 0.1, [
    [0, 1, 3],
    [2, 3, 5],
  ])
  const one = experimentData(data, 'cnn')
  const confusion = meanConfusion(one)!
  expect(confusion[0]).toEqual([5.5, 4.5, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(confusion[2]).toEqual([0, 0, 7, 3, 0, 0, 0, 0, 0, 0])
  const f1 = meanClassF1(one)!
  // Read right: 4 and 7 of お, all of き, as which 16 and 13 are read.
  expect(f1[0]).toBeCloseTo((8 / 14 + 14 / 17) / 2, 12)
  expect(f1[1]).toBeCloseTo((20 / 26 + 20 / 23) / 2, 12)
  expect(hardestClass(data, 'cnn')!.romanisation).toBe('o')
  const mistakes = frequentMistakes(data, 'cnn')!.map((mistake) => [
    mistake.truth.romanisation,
    mistake.predicted.romanisation,
    mistake.count,
    mistake.share,
  ])
  expect(mistakes).toEqual([
    ['o', 'ki', 4.5, 0.45],
    ['su', 'tsu', 3, 0.3],
  ])
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
