import { describe, expect, it } from 'vitest'
import { mcnemar } from '../../experiments/statistics/mcnemar.ts'
import { reference } from '../reference/statistics.ts'

/** Images of class 1: `onlyA` that only A gets right, `onlyB` that only B does, and of the rest half both, half neither. */
function images(onlyA: number, onlyB: number, count: number) {
  const a = Uint8Array.from({ length: count }, (_, i) => Number(i < onlyA || (i >= onlyA + onlyB && i % 2 === 0)))
  const b = Uint8Array.from({ length: count }, (_, i) =>
    Number((i >= onlyA && i < onlyA + onlyB) || (i >= onlyA + onlyB && i % 2 === 0)),
  )
  return [new Uint8Array(count).fill(1), a, b] as const
}

describe('McNemar', () => {
  it.each(reference.mcnemar as [number, number, number, number, number, number][])(
    "with %i against %i of %i images has SciPy's mid-p, difference and standard error",
    (onlyA, onlyB, count, difference, standardError, p) => {
      const found = mcnemar(...images(onlyA, onlyB, count))
      expect(found).toMatchObject({ onlyA, onlyB })
      expect(found.difference).toBeCloseTo(difference, 12)
      expect(found.standardError).toBeCloseTo(standardError, 10)
      expect(Math.abs(found.p / p - 1)).toBeLessThan(1e-8)
    },
  )

  it('finds nothing where the two never differ', () => {
    expect(mcnemar(...images(0, 0, 10))).toEqual({ onlyA: 0, onlyB: 0, difference: 0, standardError: 0, p: 1 })
  })

  it('refuses predictions for other images', () => {
    expect(() => mcnemar(new Uint8Array(3), new Uint8Array(3), new Uint8Array(4))).toThrow('3 labels, 3 and 4 predictions')
  })
})
