import { expect, it } from 'vitest'
import { wilson } from '../../experiments/statistics/wilson.ts'
import { reference } from '../reference/statistics.ts'

it.each(reference.wilson as [number, number, number, number][])(
  "%i of %i has statsmodels' Wilson interval",
  (k, n, low, high) => {
    const interval = wilson(k, n)
    expect(interval.low).toBeCloseTo(low, 10)
    expect(interval.high).toBeCloseTo(high, 10)
  },
)

it.each([10, 30, 500, 1000, 10_000])('none and all of %i have a bound at the very end', (n) => {
  expect([wilson(0, n).low, wilson(n, n).high]).toEqual([0, 1])
})
