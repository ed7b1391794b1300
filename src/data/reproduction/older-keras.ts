import type { Holds } from '../holds.ts'
import type { SiteData } from '../site-data.ts'
import { rateFalls } from './rate-falls.ts'
import { reproductions } from './reproduction.ts'

/**
 * Epochs from which ReduceLROnPlateau of Keras 3.4 cuts the rate: it compares in double precision, and to begin with against infinity.
 * @param losses after each epoch
 */
export function olderCuts(losses: readonly number[], { patience, minDelta }: { patience: number; minDelta: number }): number[] {
  let [best, wait] = [Infinity, 0]
  return losses.flatMap((loss, i) => {
    if (loss < best - minDelta) [best, wait] = [loss, 0]
    else wait++
    if (wait < patience) return []
    wait = 0
    return [i + 2]
  })
}

/**
 * Whether the rules of Keras 3.4, of the original's time, would have cut the rate and ended training at the same epochs in every run of
 * its protocol; EarlyStopping differs from today's only where a loss is not a number. Null while there is no run.
 */
export function olderKerasAlike(data: SiteData): Holds {
  const own = reproductions(data)
  if (own.length === 0) return null
  return own.every(({ run }) => {
    // In float32, as Keras tells them to its callbacks.
    const losses = run.history.map(({ valLoss }) => Math.fround(valLoss ?? NaN))
    const cuts = olderCuts(losses.slice(0, -1), run.settings.protocol.plateau!)
    return losses.every(Number.isFinite) && String(cuts) === String(rateFalls(run))
  })
}
