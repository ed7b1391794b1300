import type { NumberKind } from '../data/measures.ts'
import { writeNumber } from '../data/write-number.ts'

/** A difference with its sign; 0 without one where it rounds to nothing. One of losses is written as scores are, whose digits they share. */
export function signed(value: number, kind: Exclude<NumberKind, 'loss'>): string {
  const size = writeNumber(Math.abs(value), kind)
  if (!/[1-9]/.test(size)) return '0'
  return (value < 0 ? '−' : '+') + size
}
