import * as Plot from '@observablehq/plot'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { axisHeight, paddedAxis, valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { percent } from './format.ts'
import { drawn, plotChart, type Frame } from './plot-chart.ts'
import { ofSeries } from './readable.ts'
import { dash, hue, textHue, type Series } from './series.ts'
import { spreadLabels } from './spread-labels.ts'
import { fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

export interface ShiftRow {
  series: Series
  /** By distance in pixels: accuracy, 0…1, and its interval. */
  points: { distance: number; accuracy: number; interval: Interval }[]
}

/** A line's name at its end, with a hair to it where it had to move. */
function names(rows: readonly ShiftRow[], frame: Frame, size: number): SVGElement[] {
  const ends = rows.map(({ points }) => frame.y(points.at(-1)!.accuracy * 100))
  const places = spreadLabels(
    ends,
    rows.map(() => size * 1.35),
    [frame.top - size, frame.bottom + size],
  )
  return rows.flatMap(({ series }, i) => [
    svg('path', {
      d: `M${frame.right + 7},${ends[i]}L${frame.right + 15},${places[i]}`,
      stroke: hue(series),
      'stroke-opacity': 0.6,
      fill: 'none',
    }),
    text(frame.right + 19, places[i]!, series.title, { 'text-anchor': 'start', fill: textHue(series), class: 'strong' }),
  ])
}

const interval = ({ series, points }: ShiftRow, frame: Frame): SVGElement[] =>
  points.map(({ distance, interval: { low, high } }) =>
    svg('path', {
      d: `M${frame.x(distance)},${frame.y(low * 100)}V${frame.y(high * 100)}`,
      stroke: hue(series),
      'stroke-width': 4,
      'stroke-opacity': 0.35,
    }),
  )

/** Accuracy on the test set by how far its characters were shifted: a line an experiment, named at its end, intervals behind the points. */
export function shiftChart(rows: readonly ShiftRow[], options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const values = rows.flatMap(({ points }) => points.flatMap(({ interval: { low, high } }) => [low * 100, high * 100]))
  const axis = paddedAxis(values, narrow ? 6 : 8)
  const distances = [...new Set(rows.flatMap(({ points }) => points.map(({ distance }) => distance)))]
  const marginRight = Math.max(...rows.map(({ series }) => textWidth(series.title, size, 'semibold'))) + 24
  const height = (narrow ? 300 : 330) + axisHeight
  return plotChart(
    {
      height,
      marginLeft: 32,
      marginRight,
      marginTop: 28,
      marginBottom: axisHeight,
      x: { domain: [Math.min(...distances), Math.max(...distances)] },
      y: { domain: axis.domain },
      marks: [
        ...valueAxis(axis, 'y', null, String),
        Plot.axisX(distances, {
          tickSize: 0,
          tickPadding: 6,
          fill: 'var(--ink-soft)',
          tickFormat: String,
          label: narrow ? 'shift, pixels' : 'characters shifted by so many pixels',
          labelAnchor: 'center',
          labelArrow: 'none',
          labelOffset: 38,
        }),
        drawn((frame) => [
          text(0, 8, 'accuracy, %', { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
          ...rows.flatMap((row) => interval(row, frame)),
        ]),
        ...rows.map(({ series, points }) =>
          Plot.line(points, {
            x: 'distance',
            y: ({ accuracy }: ShiftRow['points'][number]) => accuracy * 100,
            stroke: hue(series),
            strokeDasharray: dash(series),
            strokeWidth: 1.75,
          }),
        ),
        drawn((frame) => [
          ...rows.map(({ series, points }) =>
            ofSeries(
              series,
              ...points.map(({ distance, accuracy }) =>
                svg('circle', {
                  cx: frame.x(distance),
                  cy: frame.y(accuracy * 100),
                  r: 3.5,
                  fill: hue(series),
                  'data-say': `${series.title}, shifted by ${distance}: ${percent(accuracy, 1)}`,
                }),
              ),
            ),
          ),
          ...names(rows, frame, size),
        ]),
      ],
    },
    options,
  )
}
