import { maxIndex, sum } from 'd3-array'
import type { Random } from '../random.ts'
import { binomial } from './binomial.ts'

/**
 * How many of `total` draws fall on each cell, the cells drawn in proportion to `weights`: a multinomial variable, as a chain of
 * binomials. What the others leave is the largest cell's.
 */
export function multinomial(total: number, weights: readonly number[], random: Random): number[] {
  const largest = maxIndex(weights)
  let drawsLeft = total
  let weightLeft = sum(weights)
  const counts = weights.map((weight, i) => {
    if (i === largest || weight === 0) return 0
    // No weight left is above the largest; rounding may say so of an equal one.
    const drawn = binomial(drawsLeft, Math.min(0.5, weight / weightLeft), random.uniform)
    drawsLeft -= drawn
    weightLeft -= weight
    return drawn
  })
  counts[largest] = drawsLeft
  return counts
}
