import { sum } from 'd3-array'
import type { Random } from '../random.ts'
import { classF1, macroF1 } from './f1.ts'
import { percentileInterval, z95, type Interval } from './interval.ts'
import { multinomial } from './multinomial.ts'

/**
 * 95 % interval of the macro F1 over test images: bootstrap stratified by class, percentiles.
 *
 * F1 sees images only through the confusion matrix. To draw with replacement as many images of a class as there are, and count how
 * each was classified, is to draw that class's row from a multinomial with the row's own proportions. So rows are drawn, not images:
 * the same distribution exactly, a hundred times faster.
 * @param random of the stream `resampling`
 */
export function macroF1Interval(confusion: readonly (readonly number[])[], random: Random, resamples = 2000): Interval {
  return percentileInterval(
    Array.from({ length: resamples }, () => macroF1(confusion.map((row) => multinomial(sum(row), row, random)))),
  )
}

/**
 * The same interval by the delta method (Takahashi, Yamamoto, Kuchiba & Koyama 2022, Applied Intelligence 52), as a cross-check.
 * Their model is one multinomial over all cells: class sizes vary as well, where the bootstrap above keeps them, so that it is
 * slightly wider if anything.
 */
export function macroF1DeltaInterval(confusion: readonly (readonly number[])[]): Interval {
  const images = sum(confusion.flat())
  const f1 = classF1(confusion)
  // F1 of class k is 2·right / (actual + predicted): the gradient divides by that denominator, as a share of the images.
  const denominators = confusion.map((row, k) => (sum(row) + sum(confusion, (other) => other[k])) / images)
  const gradient = (i: number, j: number) => {
    const part = (k: number) => (denominators[k] === 0 ? 0 : f1[k]! / denominators[k]!)
    const gain = i === j && denominators[i] !== 0 ? 2 / denominators[i]! : 0
    return (gain - part(i) - part(j)) / f1.length
  }
  // The variance has no "minus squared mean": the gradient's mean is 0, as F1 is the same for twice the images.
  const square = sum(confusion, (row, i) => sum(row, (count, j) => (count / images) * gradient(i, j) ** 2))
  const standardError = Math.sqrt(square / images)
  const centre = macroF1(confusion)
  return { low: centre - z95 * standardError, high: centre + z95 * standardError }
}
