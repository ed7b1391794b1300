import { z95, type Interval } from './interval.ts'

/**
 * Wilson's score interval for a share, 95 % (Wilson 1927).
 * @param successes of `trials`, which is at least 1
 */
export function wilson(successes: number, trials: number): Interval {
  const share = successes / trials
  const scale = 1 + z95 ** 2 / trials
  const centre = (share + z95 ** 2 / (2 * trials)) / scale
  const half = (z95 / scale) * Math.sqrt((share * (1 - share)) / trials + z95 ** 2 / (4 * trials ** 2))
  // At the ends the bound is 0 or 1, which rounding misses by a hair.
  return { low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half }
}
