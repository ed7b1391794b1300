import type { z } from 'zod'
import { earlyStopping } from '../training/early-stopping.ts'
import { monitored } from '../training/improvement.ts'
import type { stoppingSchema } from '../training/protocol.ts'
import type { HistoryRow } from './schema.ts'

/**
 * The epoch after which a stopping rule would have ended a run that went on, by what it recorded.
 * @param of the value that the rule looks at, in place of the one it names; null counts as not a number
 * @returns null where the rule did not fire
 */
export function stoppingEpoch(
  history: readonly HistoryRow[],
  settings: z.infer<typeof stoppingSchema>,
  of: (row: HistoryRow) => number | null | undefined,
): number | null {
  const rule = earlyStopping(settings)
  return history.find((row) => rule.update(row.epoch, monitored(of(row))))?.epoch ?? null
}
