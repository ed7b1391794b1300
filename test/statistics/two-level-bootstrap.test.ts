import { describe, expect, it } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { accuracy } from '../../experiments/statistics/accuracy.ts'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import { twoLevelBootstrap } from '../../experiments/statistics/two-level-bootstrap.ts'
import { reference, resamplingLabels as labels, resamplingPairs as pairs } from '../reference/statistics.ts'

const { twoLevel } = reference.resampling

describe('the two-level bootstrap', () => {
  it.each([
    ['accuracy', pairs, accuracy, twoLevel.accuracy],
    ['macro F1', pairs, macroF1, twoLevel.macroF1],
    ['macro F1, of one seed', pairs.slice(0, 1), macroF1, twoLevel['one seed, macroF1']],
  ])('of %s has the interval of resampling image by image, to a fortieth of its width', (_, chosen, metric, [low, high]) => {
    const found = twoLevelBootstrap(labels, chosen, metric, createRandom(1, 'resampling'), 10_000)
    const tolerance = (high! - low!) / 40
    expect(Math.abs(found.low - low!)).toBeLessThan(tolerance)
    expect(Math.abs(found.high - high!)).toBeLessThan(tolerance)
  })

  it('is fixed by the seed', () => {
    const interval = (seed: number) => twoLevelBootstrap(labels, pairs, accuracy, createRandom(seed, 'resampling'), 50)
    expect(interval(1)).toEqual(interval(1))
    expect(interval(1)).not.toEqual(interval(2))
  })

  it('refuses predictions for other images, and no seeds', () => {
    const random = createRandom(1, 'resampling')
    expect(() => twoLevelBootstrap(labels, [], accuracy, random)).toThrow('found 0 pairs')
    expect(() => twoLevelBootstrap(labels.subarray(1), pairs, accuracy, random)).toThrow('for the 284 labels')
  })
})
