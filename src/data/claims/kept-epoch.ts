import { mean, median } from 'd3-array'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { all, type Holds } from '../holds.ts'
import { testAccuracy } from '../measures.ts'
import type { SiteData } from '../site-data.ts'

/** By how much the seeds whose kept epoch came after the median read more of the test set than the others, on average; null while none did. */
function laterAbove(runs: readonly RunRecord[]): number | null {
  const middle = median(runs, ({ scoredEpoch }) => scoredEpoch)
  if (middle === undefined) return null
  const [later, others] = [true, false].map((late) => runs.filter(({ scoredEpoch }) => scoredEpoch > middle === late))
  return later!.length ? mean(later!, testAccuracy)! - mean(others!, testAccuracy)! : null
}

/** Whether in every network the seeds kept later read a quarter of a point more, and over: the rule ends some runs early. */
export const laterKeptReadsMore = (data: SiteData): Holds =>
  all(
    data.experiments.map(({ runs }) => {
      const more = laterAbove(runs)
      return more === null ? null : more > 0.0025
    }),
  )
