import { quantile } from 'd3-array'

/** A 95 % confidence interval, the only level the report uses. */
export interface Interval {
  low: number
  high: number
}

/** The 97.5 % quantile of the normal distribution. */
export const z95 = 1.959963984540054

/** From the 2.5 % to the 97.5 % quantile of bootstrap replicates (Efron & Tibshirani 1993, chapter 13). */
export const percentileInterval = (replicates: Iterable<number>): Interval => {
  const values = Array.from(replicates)
  return { low: quantile(values, 0.025)!, high: quantile(values, 0.975)! }
}
