import { max, min, quantile } from 'd3-array'
import { classCount } from '../models/layers.ts'
import type { Random } from '../random.ts'
import { classF1 } from './f1.ts'
import { multinomial } from './multinomial.ts'

/**
 * How far apart the F1s of the best and the worst class lie by the draw of test images alone, were all classes equally hard: the median
 * range, and the one that 95 % of draws do not exceed. Every class is read right with probability `accuracy`, and taken for each other
 * class with the same chance.
 * @param perClass test images of each class
 * @param random of the stream `resampling`
 */
export function classRangeByChance(
  accuracy: number,
  perClass: number,
  random: Random,
  draws = 1000,
): { median: number; most: number } {
  const wrong = (1 - accuracy) / (classCount - 1)
  const rows = Array.from({ length: classCount }, (_, c) =>
    Array.from({ length: classCount }, (__, k) => (c === k ? accuracy : wrong)),
  )
  const ranges = Array.from({ length: draws }, () => {
    const f1 = classF1(rows.map((row) => multinomial(perClass, row, random)))
    return max(f1)! - min(f1)!
  })
  return { median: quantile(ranges, 0.5)!, most: quantile(ranges, 0.95)! }
}
