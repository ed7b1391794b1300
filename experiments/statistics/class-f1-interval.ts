import { sum, transpose } from 'd3-array'
import type { Random } from '../random.ts'
import { classF1 } from './f1.ts'
import { percentileInterval, type Interval } from './interval.ts'
import { multinomial } from './multinomial.ts'

/**
 * 95 % interval of the F1 of every class over test images: bootstrap stratified by class, percentiles; rows of the confusion matrix
 * are drawn in place of images, as in `macroF1Interval`.
 * @param random of the stream `resampling`
 */
export function classF1Intervals(confusion: readonly (readonly number[])[], random: Random, resamples = 1000): Interval[] {
  const replicates = Array.from({ length: resamples }, () => classF1(confusion.map((row) => multinomial(sum(row), row, random))))
  return transpose<number>(replicates).map((values) => percentileInterval(values))
}
