import { quantile } from 'd3-array'

/** The middle of some values and where its half lies: median and quartiles. */
export interface Spread {
  low: number
  median: number
  high: number
}

/** Median and quartiles, interpolated linearly (Hyndman & Fan's type 7, the default of R and NumPy). Throws where there are no values. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('median and quartiles need at least one value')
  const at = (p: number) => quantile(values, p)!
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}
