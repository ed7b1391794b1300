import { ascending, bisectLeft, bisectRight, sum } from 'd3-array'

/** More would take gigabytes, and say no more. */
const mostSeeds = 40

/** The sums of some numbers with either sign each, all 2^n of them, ascending. */
const signedSums = (values: readonly number[]): Float64Array =>
  Float64Array.from(values.reduce((sums, value) => sums.flatMap((total) => [total + value, total - value]), [0])).sort(ascending)

/**
 * The share of the 2^S ways to give each difference a sign whose sum is at least as far from 0 as the observed one: if the two recipes
 * were alike, a seed's difference would be as likely either way round. Two-sided; never below 2/2^S. The sums are counted in two halves
 * (Horowitz & Sahni 1974), so that forty seeds take no longer than twenty would one by one.
 * @param differences one for each seed: the score of A minus that of B, both trained with that seed; 1 to 40 of them
 */
export function signFlipP(differences: readonly number[]): number {
  const seeds = differences.length
  if (seeds === 0 || seeds > mostSeeds)
    throw new RangeError(`expected the differences of 1 to ${mostSeeds} seeds, found ${seeds}`)
  // Sums of the same numbers in another order must count as ties.
  const observed = Math.abs(sum(differences)) - 1e-12 * sum(differences, Math.abs)
  if (observed <= 0) return 1
  const half = Math.floor(seeds / 2)
  const rest = signedSums(differences.slice(half))
  const extreme = sum(
    signedSums(differences.slice(0, half)),
    (total) => rest.length - bisectLeft(rest, observed - total) + bisectRight(rest, -observed - total),
  )
  return extreme / 2 ** seeds
}
