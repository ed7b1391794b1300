import { deviation, mean } from 'd3-array'
import type { Interval } from './interval.ts'
import { studentT } from './student-t.ts'

/** 95 % interval of a mean over seeds: Student's t with one degree of freedom fewer than seeds; null below two. */
export function seedInterval(perSeed: readonly number[]): Interval | null {
  const spread = deviation(perSeed)
  if (spread === undefined) return null
  const centre = mean(perSeed)!
  const half = (studentT(0.95, perSeed.length - 1) * spread) / Math.sqrt(perSeed.length)
  return { low: centre - half, high: centre + half }
}
