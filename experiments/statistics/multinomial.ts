import { sum } from 'd3-array'
import { randomBinomial } from 'd3-random'
import type { Random } from '../random.ts'

/**
 * How many of `total` draws fall on each cell, the cells drawn in proportion to `weights`: a multinomial variable, as a chain of binomials.
 */
export function multinomial(total: number, weights: readonly number[], random: Random): number[] {
  const binomial = randomBinomial.source(random.uniform)
  let drawsLeft = total
  let weightLeft = sum(weights)
  return weights.map((weight) => {
    if (drawsLeft === 0 || weight === 0) return 0
    const drawn = binomial(drawsLeft, weight / weightLeft)()
    drawsLeft -= drawn
    weightLeft -= weight
    return drawn
  })
}
