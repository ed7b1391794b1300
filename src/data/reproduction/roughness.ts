import { endedRuns } from '../ended-runs.ts'
import { all, type Holds } from '../holds.ts'
import { rateFalls } from './rate-falls.ts'
import { comparedFrom, reproductionsOf, type Reproduction } from './reproduction.ts'
import type { SiteData } from '../site-data.ts'

/** How a run's test loss went while its rate was whole, under the original's protocol, whose rule watches that loss. */
export interface Roughness {
  found: Reproduction
  /** The first epoch at a lower rate. */
  firstCut: number
  /** Epochs after which the loss was higher than after the one before, among those compared. */
  rises: number
  /** Mean fall of the loss an epoch over the last `fallEpochs` before the cut; null where there are fewer, or a loss is not finite. */
  fall: number | null
}

/** Epochs over which the fall before a cut is taken. */
export const fallEpochs = 50

/** From the roughest to the smoothest; an epoch is as many updates for each. */
const names = ['cnn-no-pooling', 'cnn', 'fcnn'] as const

function roughnessOf(found: Reproduction, from: number, to: number): Roughness {
  const { history } = found.run
  const [firstCut] = rateFalls(found.run) as [number]
  const lossAt = (epoch: number) => history[epoch - 1]?.valLoss ?? NaN
  const fall = (lossAt(firstCut - 1 - fallEpochs) - lossAt(firstCut - 1)) / fallEpochs
  let rises = 0
  for (let epoch = from; epoch <= to; epoch++) if (lossAt(epoch) > lossAt(epoch - 1)) rises++
  return { found, firstCut, rises, fall: Number.isFinite(fall) ? fall : null }
}

/**
 * Of every run that ended by the rule, over the epochs that all of them spent at the whole rate, from `comparedFrom` on.
 * @returns null while one of the three networks without augmentation has no run whose rate was cut
 */
export function roughness(data: SiteData): { from: number; to: number; runs: Roughness[] } | null {
  const own = names.map((name) => reproductionsOf(endedRuns(data), name).filter(({ run }) => rateFalls(run).length > 0))
  if (own.some((runs) => runs.length === 0)) return null
  const from = comparedFrom + 1
  const to = Math.min(...own.flat().map(({ run }) => rateFalls(run)[0]!)) - 1
  return { from, to, runs: own.flat().map((found) => roughnessOf(found, from, to)) }
}

/** Whether every value of each group is above all of the next. */
const descending = (groups: readonly number[][]) =>
  groups.slice(1).every((group, i) => Math.min(...groups[i]!) > Math.max(...group))

/** Whether the rougher a network's loss, the sooner the rule first cut its rate, in ours and in the original. */
export function cutByRoughness(data: SiteData): Holds {
  const found = roughness(data)
  if (!found) return null
  const of = (value: (one: Roughness) => number) =>
    names.map((name) => found.runs.filter((one) => one.found.one.experiment.name === name).map(value))
  return (
    descending(of(({ rises }) => rises)) &&
    descending(of(({ firstCut }) => -firstCut)) &&
    descending(of((one) => -(one.found.published.rateFellAt[0] ?? Infinity)))
  )
}

/** Whether the loss of every one of them was still falling when the rule cut the rate. */
export const cutWhileFalling = (data: SiteData): Holds =>
  all(roughness(data)?.runs.map(({ fall }) => (fall === null ? null : fall > 5e-5)) ?? [null])
