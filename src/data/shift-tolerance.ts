import { shiftsKind, type Shifts } from '../../experiments/analyses/shifts.ts'
import { z95 } from '../../experiments/statistics/interval.ts'
import { runAnalysis } from './analyses.ts'
import type { SiteData } from './site-data.ts'

/** Stored accuracies under shifts of an experiment; null where there are none. */
export const shiftsOf = (data: SiteData, experiment: string) => runAnalysis(data, shiftsKind, experiment)

export const atDistance = (shifts: Shifts, distance: number) => shifts.find((one) => one.distance === distance)!

/**
 * Whether A loses less accuracy than B when characters are shifted by `distance` pixels: 1 it does, −1 B does, 0 the two can't be told
 * apart at 95 %. The images are the same for both, so that an interval that takes them as unrelated, as here, is too wide if anything.
 * Null while one was not analysed.
 */
export function losesLess(data: SiteData, a: string, b: string, distance: number): 1 | 0 | -1 | null {
  const [first, second] = [shiftsOf(data, a), shiftsOf(data, b)]
  if (!first || !second) return null
  const [one, other] = [atDistance(first.result, distance), atDistance(second.result, distance)]
  const difference = one.change - other.change
  if (Math.abs(difference) <= z95 * Math.hypot(one.changeError, other.changeError)) return 0
  return difference > 0 ? 1 : -1
}
