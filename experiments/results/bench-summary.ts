import { spread, type Spread } from '../statistics/spread.ts'
import { benchUnits, type BenchMeasurement } from './bench-record.ts'

/** Median and quartiles of what was measured under a name, over the rounds; null where it took no part. */
export function spreadOf({ rounds }: BenchMeasurement, name: string): Spread | null {
  const values = rounds.flatMap((round) => round[name] ?? [])
  return values.length ? spread(values) : null
}

/**
 * How many times as fast one is as another: the ratio within each round, so that what slows a machine down for a while counts for
 * both; median and quartiles over the rounds. Null where either took no part.
 */
export function timesAsFast({ rounds, unit }: BenchMeasurement, name: string, than: string): Spread | null {
  const ratios = rounds.flatMap(({ [name]: one, [than]: other }) => {
    if (one === undefined || other === undefined) return []
    return benchUnits[unit].lessIsBetter ? other / one : one / other
  })
  return ratios.length ? spread(ratios) : null
}

/** Whatever was measured beside `ours`, in the order of their first appearance. */
export const othersIn = ({ rounds }: BenchMeasurement): string[] =>
  [...new Set(rounds.flatMap((round) => Object.keys(round)))].filter((name) => name !== 'ours')
