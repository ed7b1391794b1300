import { mean, variance } from 'd3-array'
import { expect, it, test } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { binomial } from '../../experiments/statistics/binomial.ts'
import reference from '../reference/binomial.json' with { type: 'json' }

test.each(reference)('of $n trials of probability $p as many succeed as in SciPy', ({ n, p, uniform, successes }) => {
  expect(uniform.map((u) => binomial(n, p, () => u))).toEqual(successes)
})

it('of more trials than fit at once has the mean and variance of a binomial variable', () => {
  const { uniform } = createRandom(1, 'resampling')
  const drawn = Array.from({ length: 4000 }, () => binomial(2500, 0.4, uniform))
  expect(mean(drawn)).toBeCloseTo(1000, -1)
  expect(Math.abs(variance(drawn)! / 600 - 1)).toBeLessThan(0.1)
})

it.each([0.6, -0.1, NaN])('refuses a probability of %s', (p) => {
  expect(() => binomial(5, p, () => 0.5)).toThrow(String(p))
})
