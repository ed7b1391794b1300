import { deviation, mean } from 'd3-array'
import type { Interval } from './interval.ts'
import { seedInterval } from './seed-interval.ts'

export interface PairedSeeds {
  seeds: number
  /** Of the differences. */
  mean: number
  /** Standard deviation of the differences over seeds; null for one seed. */
  deviation: number | null
  /** 95 %, Student's t with one degree of freedom fewer than seeds; null for one seed. */
  interval: Interval | null
}

/**
 * Compares two recipes over seeds.
 * @param differences one for each seed: the score of A minus that of B, both trained with that seed; at least one
 */
export function pairedSeeds(differences: readonly number[]): PairedSeeds {
  const seeds = differences.length
  if (seeds === 0) throw new RangeError('expected the differences of at least one seed, found none')
  return { seeds, mean: mean(differences)!, deviation: deviation(differences) ?? null, interval: seedInterval(differences) }
}
