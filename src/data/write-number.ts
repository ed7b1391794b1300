import { count, decimal, fixed, percent } from '../charts/format.ts'
import type { NumberKind } from './measures.ts'

/**
 * The one place where numbers are rounded: scores and shares of 10,000 images to what their sampling interval (about ±0.4 points)
 * supports, never further.
 */
export function writeNumber(value: number, kind: NumberKind): string {
  switch (kind) {
    case 'score':
      return decimal(value, 3)
    case 'percent':
      return percent(value, 1)
    case 'points':
      return fixed(value * 100, 1)
    case 'count':
      return count(value)
    case 'loss':
      return value > 0 && value < 0.0005 ? '<\u00a0.001' : decimal(value, 3)
    case 'seconds':
      return fixed(value, value < 9.95 ? 1 : 0)
    case 'minutes':
      return fixed(value, value < 9.95 ? 1 : 0)
    case 'factor':
      return fixed(value, value < 9.95 ? 2 : 0)
    case 'millions':
      return `${fixed(value / 1e6, value < 9.95e6 ? 1 : 0)}\u00a0million`
  }
}

/** What a number lies below, to a tenth of a point or a thousandth: rounded up. */
export const writeBound = (value: number, kind: 'points' | 'loss'): string =>
  writeNumber(Math.ceil(value * 1000 - 1e-9) / 1000, kind)

/** A correlation: what rounds to nothing is 0, without a sign. */
export const writeCorrelation = (value: number): string => (Math.abs(value) < 0.005 ? '0' : decimal(value, 2))

/** What stands behind a number of this kind where a sentence needs its unit: "2.6 points". */
export const unitOf = (kind: NumberKind): string =>
  ({
    score: '',
    percent: '',
    points: ' points',
    count: '',
    loss: '',
    seconds: ' s',
    minutes: ' minutes',
    factor: '',
    millions: '',
  })[kind]

/** An interval as prose and tables have it: ".947 to .955", "94.7 to 95.5 %". */
export function writeInterval({ low, high }: { low: number; high: number }, kind: NumberKind): string {
  const lower = writeNumber(low, kind)
  return `${kind === 'percent' ? lower.replace(/\u00a0%$/, '') : lower} to ${writeNumber(high, kind)}`
}

/** "95 % interval .947 to .955", the level on one line with its sign. */
export const writeConfidence = (interval: { low: number; high: number }, kind: NumberKind): string =>
  `95\u00a0% interval ${writeInterval(interval, kind)}`
