import { describe, expect, it } from 'vitest'
import { pairedSeeds } from '../../experiments/statistics/paired-seeds.ts'
import { reference } from '../reference/statistics.ts'

describe('pairs of seeds', () => {
  it.each(reference.pairedSeeds)("with differences $differences have SciPy's t interval and permutation p", (expected) => {
    const found = pairedSeeds(expected.differences)
    expect(found.mean).toBeCloseTo(expected.mean, 12)
    expect(found.deviation).toBeCloseTo(expected.deviation, 12)
    expect(found.interval!.low).toBeCloseTo(expected.interval[0]!, 10)
    expect(found.interval!.high).toBeCloseTo(expected.interval[1]!, 10)
    expect(found.p).toBeCloseTo(expected.p, 12)
  })

  it('need eight for four corrected contrasts: least p .0625 of five, .0078 of eight', () => {
    const alike = (seeds: number) => pairedSeeds(Array.from({ length: seeds }, () => 0.01)).p
    expect(alike(5)).toBe(0.0625)
    expect(alike(8)).toBe(0.0078125)
  })

  it('have no spread with one seed', () => {
    expect(pairedSeeds([0.02])).toEqual({ seeds: 1, mean: 0.02, deviation: null, interval: null, p: 1 })
  })

  it('are refused when there are none or more than twenty', () => {
    expect(() => pairedSeeds([])).toThrow('found 0')
    expect(() => pairedSeeds(new Array<number>(21).fill(1))).toThrow('found 21')
  })
})
