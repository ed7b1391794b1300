import * as Plot from '@observablehq/plot'
import { ticks as roundTicks } from 'd3-array'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { decimal } from './format.ts'

/** Room below a plot for tick labels and the axis' name. */
export const axisHeight = 42

export interface Axis {
  domain: [low: number, high: number]
  ticks: number[]
}

/** At most `most` round values inside a range, evenly spaced. */
export function ticksWithin(low: number, high: number, most: number): number[] {
  for (let aim = most; aim > 0; aim--) {
    const found = roundTicks(low, high, aim)
    if (found.length <= most) return found
  }
  return []
}

/** An axis over the values with a little room at both ends. */
export function paddedAxis(values: readonly number[], mostTicks: number): Axis {
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const room = (high - low || 0.1) * 0.06
  const domain: Axis['domain'] = [low - room, high + room]
  return { domain, ticks: ticksWithin(...domain, mostTicks) }
}

/** The ends of an interval that may not be there, for an axis to cover. */
export const ends = (interval: Interval | null | undefined): number[] => (interval ? [interval.low, interval.high] : [])

/** The digits after the point that ticks need. */
export const tickDigits = (ticks: readonly number[]) =>
  Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))

/** Grid, tick labels and name of a value axis: x below the plot, y at its left. */
export function valueAxis(
  { ticks }: Axis,
  along: 'x' | 'y',
  label: string | null,
  format: (tick: number) => string = (tick) => decimal(tick, tickDigits(ticks)),
): Plot.Markish[] {
  const grid = { stroke: 'var(--rule)', strokeOpacity: 0.7 }
  const options = { tickSize: 0, tickPadding: 6, fill: 'var(--ink-soft)', tickFormat: format, labelArrow: 'none', label } as const
  return along === 'x'
    ? [Plot.gridX(ticks, grid), Plot.axisX(ticks, { ...options, anchor: 'bottom', labelAnchor: 'center', labelOffset: 38 })]
    : [Plot.gridY(ticks, grid), Plot.axisY(ticks, { ...options, anchor: 'left', labelAnchor: 'top', labelOffset: 0 })]
}
