import * as Plot from '@observablehq/plot'
import { decimal } from './format.ts'

/** Room below a plot for tick labels and the axis' name. */
export const axisHeight = 42

/** Evenly spaced round numbers that cover the extent: at most `most` steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) throw new RangeError(`an axis needs a range; found ${low} to ${high}`)
  const raw = (high - low) / most
  const power = 10 ** Math.floor(Math.log10(raw))
  for (const factor of [1, 2, 5, 10, 20, 50]) {
    const step = factor * power
    const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
    if (last - first <= most)
      return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
  }
  throw new RangeError(`no round ticks from ${low} to ${high}`)
}

/** The digits after the point that ticks need. */
export const tickDigits = (ticks: readonly number[]) =>
  Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))

export interface Axis {
  domain: [low: number, high: number]
  ticks: number[]
}

/** An axis over the values with a little room at both ends, and round ticks inside it. */
export function paddedAxis(values: readonly number[], mostTicks: number): Axis {
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const room = (high - low || 0.1) * 0.06
  const domain: Axis['domain'] = [low - room, high + room]
  return { domain, ticks: niceTicks(...domain, mostTicks).filter((tick) => tick >= domain[0] && tick <= domain[1]) }
}

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
