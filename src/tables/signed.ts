import type { NumberKind } from '../data/measures.ts'
import { writeNumber } from '../data/write-number.ts'

/** A difference with its sign; 0 without one where it rounds to nothing. */
export function signed(value: number, kind: NumberKind): string {
  const size = writeNumber(Math.abs(value), kind)
  if (!/[1-9]/.test(size)) return '0'
  return (value < 0 ? '−' : '+') + size
}
