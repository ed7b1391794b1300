import { describe, expect, it } from 'vitest'
import { confusionMatrix } from '../../experiments/evaluation/confusion.ts'
import { createRandom } from '../../experiments/random.ts'
import { macroF1DeltaInterval, macroF1Interval } from '../../experiments/statistics/macro-f1-interval.ts'
import { reference, resamplingLabels, resamplingPairs } from '../reference/statistics.ts'

const confusion = confusionMatrix(resamplingLabels, resamplingPairs[0]!.a)
const interval = (seed: number, resamples: number) => macroF1Interval(confusion, createRandom(seed, 'resampling'), resamples)

describe('the interval of macro F1', () => {
  it('is that of resampling image by image, to a fiftieth of its width', () => {
    const [low, high] = reference.resampling.macroF1Interval as [number, number]
    const found = interval(1, 20_000)
    expect(Math.abs(found.low - low)).toBeLessThan((high - low) / 50)
    expect(Math.abs(found.high - high)).toBeLessThan((high - low) / 50)
  })

  it('is fixed by the seed, and another with another seed', () => {
    expect(interval(1, 100)).toEqual(interval(1, 100))
    expect(interval(1, 100)).not.toEqual(interval(2, 100))
  })

  it('has no width when nothing is wrong', () => {
    const perfect = confusion.map((row, i) => row.map((_, j) => (i === j ? 100 : 0)))
    expect(macroF1Interval(perfect, createRandom(1, 'resampling'), 10)).toEqual({ low: 1, high: 1 })
    expect(macroF1DeltaInterval(perfect)).toEqual({ low: 1, high: 1 })
  })
})

it('the delta method has the interval of a numerical derivative', () => {
  const [low, high] = reference.resampling.macroF1Delta as [number, number]
  const found = macroF1DeltaInterval(confusion)
  expect(found.low).toBeCloseTo(low, 6)
  expect(found.high).toBeCloseTo(high, 6)
})

it('the delta method survives a class without images or predictions', () => {
  const without = confusion.map((row, i) => row.map((count, j) => (i === 9 || j === 9 ? 0 : count)))
  const { low, high } = macroF1DeltaInterval(without)
  expect(low).toBeGreaterThan(0.5)
  expect(high).toBeLessThan(0.9)
})
