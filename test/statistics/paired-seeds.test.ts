import { describe, expect, it } from 'vitest'
import { pairedSeeds } from '../../experiments/statistics/paired-seeds.ts'
import { reference } from '../reference/statistics.ts'

describe('pairs of seeds', () => {
  it.each(reference.pairedSeeds)("with differences $differences have SciPy's t interval", (expected) => {
    const found = pairedSeeds(expected.differences)
    expect(found.mean).toBeCloseTo(expected.mean, 12)
    expect(found.deviation).toBeCloseTo(expected.deviation, 12)
    expect(found.interval!.low).toBeCloseTo(expected.interval[0]!, 10)
    expect(found.interval!.high).toBeCloseTo(expected.interval[1]!, 10)
  })

  it('have no spread with one seed, and are refused when there are none', () => {
    expect(pairedSeeds([0.02])).toEqual({ seeds: 1, mean: 0.02, deviation: null, interval: null })
    expect(() => pairedSeeds([])).toThrow('found none')
  })
})
