import { z } from 'zod'

/** What a rule watches, and by how much a value must be better to count. */
interface Watched {
  monitor: 'valLoss' | 'valAccuracy'
  minDelta: number
}

/** What a rule is told of an epoch: the value in float32, as Keras hands its metrics to callbacks; NaN where it isn't finite. */
export const monitored = (value: number | null | undefined): number => Math.fround(value ?? NaN)

/**
 * Whether `value` is better than `best` (null: nothing seen yet, anything is better), as Keras 3.15's MonitorCallback decides: the
 * difference in double precision, the comparison in float32, so that what float32 can't tell apart is a tie and no improvement.
 * NaN is better than nothing and never better than a number; no number is better than NaN.
 */
export function isImprovement({ monitor, minDelta }: Watched, value: number, best: number | null): boolean {
  if (best === null) return true
  return monitor === 'valLoss'
    ? Math.fround(value + minDelta) < Math.fround(best)
    : Math.fround(value - minDelta) > Math.fround(best)
}

/** The best value in a checkpoint: JSON has no NaN or Infinity, and the two act differently, so they are words. */
const storedBestSchema = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).nullable()
type StoredBest = z.infer<typeof storedBestSchema>

export const stoppingStateSchema = z.strictObject({ best: storedBestSchema, bestEpoch: z.int().nonnegative() })
export type StoppingState = z.infer<typeof stoppingStateSchema>

export const plateauStateSchema = z.strictObject({ best: storedBestSchema, wait: z.int().nonnegative() })
export type PlateauState = z.infer<typeof plateauStateSchema>

export const storeBest = (best: number | null): StoredBest =>
  best === null || Number.isFinite(best) ? best : (String(best) as 'NaN' | 'Infinity' | '-Infinity')

export const restoreBest = (stored: StoredBest): number | null => (stored === null ? null : Number(stored))
