import { unitOf, writeInterval, writeNumber } from '../write-number.ts'
import type { Effect } from './claim.ts'

/** An effect in figures: its size with unit, its interval, and what belongs beside it: "3.7 points (3.4 to 4.1)". */
export function writeEffect({ value, kind, interval, note }: Effect): string {
  const brackets = [interval && writeInterval(interval, kind), note].filter(Boolean)
  return writeNumber(value, kind) + unitOf(kind) + (brackets.length ? ` (${brackets.join('; ')})` : '')
}
