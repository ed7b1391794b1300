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
