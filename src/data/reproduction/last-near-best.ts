import { least, max } from 'd3-array'
import { endedRuns } from '../ended-runs.ts'
import type { Holds } from '../holds.ts'
import type { SiteData } from '../site-data.ts'
import { reproductions } from './reproduction.ts'

/** Whether every run that ended by the rule did so within a fifth of a point of its epoch of lowest loss, and of its best. */
export function lastNearBest(data: SiteData): Holds {
  const ended = reproductions(endedRuns(data))
  const near = ended.map(({ run: { history } }) => {
    const last = history.at(-1)!.valAccuracy
    const lowest = least(history, ({ valLoss }) => valLoss ?? Infinity)!
    return Math.abs(last - lowest.valAccuracy) < 0.002 && max(history, ({ valAccuracy }) => valAccuracy)! - last < 0.002
  })
  return near.length ? near.every(Boolean) : null
}
