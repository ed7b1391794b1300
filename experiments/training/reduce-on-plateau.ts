import type { z } from 'zod'
import { isImprovement, restoreBest, storeBest, type PlateauState } from './improvement.ts'
import type { plateauSchema } from './protocol.ts'

/**
 * The learning rate after a plateau, as Keras 3.15's ReduceLROnPlateau with its defaults (cooldown 0, no least rate): times `factor`
 * after `patience` epochs without a better value, and again after as many more. Which epochs those are is exactly Keras' choice; the rate
 * itself is a double here, where Keras stores float32 (0.1 is 0.10000000149 there), so the two agree to about 1e-7 of the rate. The
 * only decision that could differ comes after some 45 reductions, when Keras' rate is 0.
 */
export function reduceOnPlateau(settings: z.infer<typeof plateauSchema>) {
  let best: number | null = null
  let wait = 0
  return {
    /**
     * To be called after every epoch.
     * @param value of the monitored quantity after this epoch; NaN is allowed
     * @param rate that this epoch was trained at
     * @returns the rate for the next epoch
     */
    update(value: number, rate: number): number {
      if (isImprovement(settings, value, best)) {
        best = value
        wait = 0
        return rate
      }
      wait++
      if (wait < settings.patience) return rate
      wait = 0
      return rate * settings.factor
    },
    /** For a checkpoint: plain JSON. */
    state: (): PlateauState => ({ best: storeBest(best), wait }),
    restore(state: PlateauState): void {
      best = restoreBest(state.best)
      wait = state.wait
    },
  }
}
