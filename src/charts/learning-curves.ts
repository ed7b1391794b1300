import { axisHeight, valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import {
  curveAxes,
  curveMarks,
  epochFormat,
  epochLabel,
  keyColumn,
  keyEntries,
  keyRow,
  valueFormat,
  valueLabel,
  visible,
  type CurveAxes,
  type LearningCurve,
  type Metric,
} from './curve-marks.ts'
import { drawn, panelChart, plotChart, type Frame, type Panel } from './plot-chart.ts'
import { hue, textHue } from './series.ts'
import { spreadLabels } from './spread-labels.ts'
import { fontSize, svg, text } from './svg.ts'
import { wrapText } from './text-width.ts'

export type { LearningCurve } from './curve-marks.ts'

export interface LearningCurvesOptions extends ChartOptions {
  metric: Metric
  /** `together`: validation on one pair of axes; `apart`: a panel an experiment, with training, the same axes in all. */
  layout: 'together' | 'apart'
  logEpochs?: boolean
  /** The values shown (shares for accuracy); the data's extent if absent. What lies outside is left out. */
  domain?: readonly [low: number, high: number]
}

/** Names at the lines' ends, moved apart, each with a dotted leader from its line's last point. */
function endLabels(curves: readonly LearningCurve[], axes: CurveAxes, frame: Frame, room: number, size: number): SVGElement[] {
  const lineHeight = size + 2
  const labels = curves.flatMap(({ series, validation }) => {
    const end = visible(validation, axes, 1e5).at(-1)
    return end ? [{ lines: wrapText(series.title, room, size), end, series }] : []
  })
  const places = spreadLabels(
    labels.map(({ end }) => frame.y(end.value)),
    labels.map(({ lines }) => lines.length * lineHeight + 3),
    [frame.top - 10, frame.bottom + 10],
  )
  const x = frame.right + 18
  return labels.flatMap(({ lines, end, series }, i) => [
    svg('path', {
      d: `M${frame.x(end.epoch) + 3},${frame.y(end.value)}L${frame.right + 4},${frame.y(end.value)}L${x - 4},${places[i]!}`,
      stroke: hue(series),
      'stroke-dasharray': '1 2',
      fill: 'none',
    }),
    ...lines.map((line, n) =>
      text(x, places[i]! + (n - (lines.length - 1) / 2) * lineHeight, line, { 'text-anchor': 'start', fill: textHue(series) }),
    ),
  ])
}

const scales = (axes: CurveAxes) => ({
  x: { domain: axes.epochs.domain, type: axes.log ? ('log' as const) : ('linear' as const) },
  y: { domain: axes.values.domain },
})

function together(curves: readonly LearningCurve[], options: LearningCurvesOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const shown = curves.map(({ training: _, ...curve }) => curve)
  const axes = curveAxes(shown, options, narrow ? 4 : 8)
  const room = narrow ? 84 : 124
  const entries = keyEntries(shown, false)
  // In narrow drawings the key takes a line of its own.
  const keyY = narrow ? 30 : 10
  const marginTop = (entries.length > 0 ? keyY : 10) + 24
  const [marginLeft, marginRight] = [40, room + 18]
  return plotChart(
    {
      height: marginTop + (narrow ? 230 : 290) + axisHeight,
      marginLeft,
      marginRight,
      marginTop,
      marginBottom: axisHeight,
      ...scales(axes),
      marks: [
        ...valueAxis(axes.values, 'y', null, valueFormat(options.metric, axes)),
        ...valueAxis(axes.epochs, 'x', epochLabel(axes), epochFormat),
        ...shown.flatMap((curve) => curveMarks(curve, axes, width - marginLeft - marginRight)),
        drawn((frame) => [
          text(0, 10, valueLabel(options.metric), { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
          ...keyRow(entries, width, keyY, size),
          ...endLabels(shown, axes, frame, room, size),
        ]),
      ],
    },
    options,
  )
}

function apart(curves: readonly LearningCurve[], options: LearningCurvesOptions): string {
  const width = options.width ?? wideWidth
  const narrow = isNarrow(width)
  const columns = narrow ? 2 : 3
  const axes = curveAxes(curves, options, narrow ? 3 : 4)
  const [labels, gap, head, foot, right, top] = [34, 26, 28, 22, 14, 22]
  const panelWidth = (width - labels - gap * (columns - 1) - right) / columns
  const panelHeight = (narrow ? 130 : 150) + head + foot
  const panels = curves.map((curve, i): Panel => {
    const column = i % columns
    const marginLeft = column === 0 ? labels : 0
    return {
      left: column === 0 ? 0 : labels + column * (panelWidth + gap),
      top: top + Math.floor(i / columns) * panelHeight,
      plot: {
        width: panelWidth + marginLeft + right,
        height: panelHeight,
        marginLeft,
        marginRight: right,
        marginTop: head,
        marginBottom: foot,
        ...scales(axes),
        marks: [
          ...valueAxis(axes.values, 'y', null, column === 0 ? valueFormat(options.metric, axes) : () => ''),
          ...valueAxis(axes.epochs, 'x', null, epochFormat),
          ...curveMarks(curve, axes, panelWidth),
          drawn((frame) => [
            text(frame.left, head - 13, curve.series.title, {
              'text-anchor': 'start',
              fill: textHue(curve.series),
              class: 'strong',
            }),
          ]),
        ],
      },
    }
  })
  // The key stands in the first free place of the grid.
  const free = curves.length
  const rows = Math.floor(free / columns) + 1
  const height = top + rows * panelHeight + 20
  const keyLeft = labels + (free % columns) * (panelWidth + gap) + 4
  return panelChart(
    panels,
    [
      text(0, 8, valueLabel(options.metric), { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
      text(labels + (width - labels) / 2, height - 8, epochLabel(axes), { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
      ...keyColumn(keyEntries(curves, true), keyLeft, top + (rows - 1) * panelHeight + head + 14),
    ],
    height,
    options,
  )
}

/**
 * Accuracy or loss by epoch: validation, and where experiments stand apart training (thinner, paler); the original's values (open
 * circles), the epochs at which the rate fell (strokes on the axis) and the epoch kept (point). Augmented experiments are dashed.
 */
export const learningCurves = (curves: readonly LearningCurve[], options: LearningCurvesOptions): string =>
  options.layout === 'together' ? together(curves, options) : apart(curves, options)
