import type { Frame } from './plot-chart.ts'
import type { Series } from './series.ts'
import { svg, type Attributes } from './svg.ts'

/*
 * What the page's script (src/scripts/charts.ts) reads off a chart, as data attributes: `data-say` a mark's value in words; `data-series`
 * and `data-class` what it belongs to, to be highlighted in every chart of the page; `data-line` a line, whose values follow from its
 * path and the axes of the `data-axes` around it.
 */

/** Marks of one experiment. */
export const ofSeries = ({ name }: Pick<Series, 'name'>, ...marks: SVGElement[]): SVGElement =>
  svg('g', { 'data-series': name }, ...marks)

interface LineAxis {
  domain: readonly [low: number, high: number]
  log?: boolean
}

/**
 * Lines with the axes to read them by: pixels and values of both ends of each.
 * @param unit `%` where values are shares
 */
export const readLines = (
  { left, right, top, bottom }: Frame,
  axes: { x: LineAxis; y: LineAxis; xName: string; unit: '%' | '' },
  ...lines: SVGElement[]
): SVGElement => {
  const short = (value: number) => Math.round(value * 1e4) / 1e4
  return svg(
    'g',
    {
      'data-axes': [left, right, ...axes.x.domain, bottom, top, ...axes.y.domain].map(short).join(' '),
      'data-log': axes.x.log ? '' : undefined,
      'data-x': axes.xName,
      'data-unit': axes.unit || undefined,
    },
    ...lines,
  )
}

/** A line through points that may be interrupted: a new `run` begins anew. */
export function readLine(
  name: string,
  points: readonly { x: number; y: number; run: number }[],
  attributes: Attributes,
): SVGElement {
  const pixel = (value: number) => Math.round(value * 100) / 100
  const d = points.map(({ x, y, run }, i) => `${points[i - 1]?.run === run ? 'L' : 'M'}${pixel(x)},${pixel(y)}`).join('')
  return svg('path', { d, fill: 'none', 'data-line': name, ...attributes })
}

/** A band behind a class's marks, seen when the class is highlighted. */
export const classBand = (index: number, x: number, y: number, width: number, height: number): SVGElement =>
  svg('rect', { x, y, width, height, fill: 'none', 'data-class': index, class: 'band' })
