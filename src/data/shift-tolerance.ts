import { shiftsKind, type Shifts } from '../../experiments/analyses/shifts.ts'
import { z95 } from '../../experiments/statistics/interval.ts'
import { runAnalysis } from './analyses.ts'
import type { SiteData } from './site-data.ts'

/** Stored accuracies under shifts of an experiment; null where there are none. */
export const shiftsOf = (data: SiteData, experiment: string) => runAnalysis(data, shiftsKind, experiment)

export const atDistance = (shifts: Shifts, distance: number) => shifts.find((one) => one.distance === distance)!

type Sign = 1 | 0 | -1 | null

/**
 * The sign of a sum of what experiments' accuracies change by when characters are shifted by `distance` pixels, each times its weight;
 * 0 where it can't be told from nought at 95 %. The images are the same for all, so that an interval that takes them as unrelated, as
 * here, is too wide if anything. Null while one was not analysed.
 */
function signOfChange(data: SiteData, weights: Record<string, number>, distance: number): Sign {
  const terms = Object.entries(weights).map(([name, weight]) => {
    const found = shiftsOf(data, name)
    return found && { ...atDistance(found.result, distance), weight }
  })
  if (!terms.every((term) => term !== null)) return null
  const sum = terms.reduce((total, { change, weight }) => total + weight * change, 0)
  const error = Math.hypot(...terms.map(({ changeError, weight }) => weight * changeError))
  return Math.abs(sum) <= z95 * error ? 0 : sum > 0 ? 1 : -1
}

/** Whether A loses less accuracy than B when characters are shifted: 1 it does, −1 B does, 0 the two can't be told apart. */
export const losesLess = (data: SiteData, a: string, b: string, distance: number): Sign =>
  signOfChange(data, { [a]: 1, [b]: -1 }, distance)

/** Whether A saves more of what a shift costs B than B saves of what it costs C: 1 it does, −1 B does, 0 the two can't be told apart. */
export const savesMore = (data: SiteData, a: string, b: string, c: string, distance: number): Sign =>
  signOfChange(data, { [a]: 1, [b]: -2, [c]: 1 }, distance)
