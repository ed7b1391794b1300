import { expect, it } from 'vitest'
import { signFlipP } from '../../experiments/statistics/sign-flip.ts'
import { reference } from '../reference/statistics.ts'

it.each(reference.pairedSeeds)("differences $differences have SciPy's permutation p", ({ differences, p }) => {
  expect(signFlipP(differences)).toBeCloseTo(p, 12)
})

it('needs eight seeds for four corrected contrasts: least p .0625 of five, .0078 of eight', () => {
  const alike = (seeds: number) => signFlipP(new Array<number>(seeds).fill(0.01))
  expect([1, 5, 8].map(alike)).toEqual([1, 0.0625, 0.0078125])
  // Thirty alike and one of the same size the other way: 2 (1 + 31) of 2^31 sums lie as far out.
  expect(signFlipP([...new Array<number>(30).fill(0.01), -0.01])).toBeCloseTo(64 / 2 ** 31, 15)
})

it('is one where the differences cancel', () => {
  expect(signFlipP([0.1, -0.1])).toBe(1)
})

it('is refused when there are none or more than forty', () => {
  expect(() => signFlipP([])).toThrow('found 0')
  expect(() => signFlipP(new Array<number>(41).fill(1))).toThrow('found 41')
})
