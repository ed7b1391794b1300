import { expect, test } from 'vitest'
import { filtersByPattern, steadyFilters } from '../../src/figures/same-filters.ts'

test('finds for each edge and for even grey the filter that holds most of it', () => {
  const kernel = (...weights: number[]) => Float32Array.from(weights)
  const kernels = [
    kernel(0, 0, 0, 0, 0.1, 0, 0, 0, 0),
    kernel(1, 1, 1, 1, 1, 1, 1, 1, 1),
    kernel(1, 2, 1, 0, 0, 0, -1, -2, -1),
    kernel(1, 0, -1, 2, 0, -2, 1, 0, -1),
    kernel(-1, 0, 1, -2, 0, 2, -1, 0, 1),
    kernel(-1, -2, -1, 0, 0, 0, 1, 2, 1),
  ]
  expect(filtersByPattern(kernels)).toEqual([4, 3, 5, 2, 1])
})

test('shows no filter twice, though it hold most of two patterns', () => {
  const corner = Float32Array.from([-3, -2, 0, -2, 0, 2, 0, 2, 3])
  const rest = Array.from({ length: 4 }, (_, i) => new Float32Array(9).fill(0.01 * (i + 1)))
  expect(new Set(filtersByPattern([corner, ...rest])).size).toBe(5)
})

test('takes local filters by their weakest answer to any character, before those that answer everywhere', () => {
  // Three filters in 10 places: one that answers everywhere, one strong in one character only, one moderate in both.
  const character = (strong: number) => ({
    height: 1,
    width: 10,
    channels: 3,
    values: Float32Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 9 : i === 4 ? strong : i === 8 ? 2 : 0)),
  })
  expect(steadyFilters([character(7), character(1)], 3)).toEqual([2, 1, 0])
})
