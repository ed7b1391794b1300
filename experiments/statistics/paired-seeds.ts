import { deviation, mean, sum } from 'd3-array'
import type { Interval } from './interval.ts'
import { seedInterval } from './seed-interval.ts'

/** More would take minutes, and say no more. */
const mostSeeds = 20

export interface PairedSeeds {
  seeds: number
  /** Of the differences. */
  mean: number
  /** Standard deviation of the differences over seeds; null for one seed. */
  deviation: number | null
  /** 95 %, Student's t with one degree of freedom fewer than seeds; null for one seed. */
  interval: Interval | null
  /** Two-sided, by sign flips; never below 2/2^seeds. */
  p: number
}

/**
 * The share of the 2^S ways to give each difference a sign whose sum is at least as far from 0 as the observed one: if the two recipes
 * were alike, a seed's difference would be as likely either way round.
 */
function signFlipP(differences: readonly number[]): number {
  // Sums of the same numbers in another order must count as ties.
  const observed = Math.abs(sum(differences)) - 1e-12 * sum(differences, Math.abs)
  // The first sign is fixed: its mirror image has the same distance from 0.
  const extreme = (from: number, total: number): number =>
    from === differences.length
      ? Number(Math.abs(total) >= observed)
      : extreme(from + 1, total + differences[from]!) + extreme(from + 1, total - differences[from]!)
  return extreme(1, differences[0]!) / 2 ** (differences.length - 1)
}

/**
 * Compares two recipes over seeds.
 * @param differences one for each seed: the score of A minus that of B, both trained with that seed; 1 to 20 of them
 */
export function pairedSeeds(differences: readonly number[]): PairedSeeds {
  const seeds = differences.length
  if (seeds === 0 || seeds > mostSeeds)
    throw new RangeError(`expected the differences of 1 to ${mostSeeds} seeds, found ${seeds}`)
  return {
    seeds,
    mean: mean(differences)!,
    deviation: deviation(differences) ?? null,
    interval: seedInterval(differences),
    p: signFlipP(differences),
  }
}
