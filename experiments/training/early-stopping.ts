import type { z } from 'zod'
import { isImprovement, restoreBest, storeBest, type StoppingState } from './improvement.ts'
import type { stoppingSchema } from './protocol.ts'

/**
 * When to stop, as Keras 3.15's EarlyStopping (no baseline, no warm-up): after `patience` epochs without a better value. Keras counts
 * those epochs; we subtract from the present one, which is the same as long as every epoch is reported.
 */
export function earlyStopping(settings: z.infer<typeof stoppingSchema>) {
  let best: number | null = null
  let bestEpoch = 0
  return {
    /**
     * To be called after every epoch.
     * @param epoch counted from 1
     * @param value of the monitored quantity after this epoch; NaN is allowed
     * @returns true: this epoch is the last
     */
    update(epoch: number, value: number): boolean {
      if (!isImprovement(settings, value, best)) return epoch - bestEpoch >= settings.patience
      best = value
      bestEpoch = epoch
      return false
    },
    /** For a checkpoint: plain JSON. */
    state: (): StoppingState => ({ best: storeBest(best), bestEpoch }),
    restore(state: StoppingState): void {
      best = restoreBest(state.best)
      bestEpoch = state.bestEpoch
    },
  }
}
