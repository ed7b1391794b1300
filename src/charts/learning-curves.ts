import { valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import {
  curveAxes,
  curveMarks,
  epochFormat,
  epochLabel,
  keyColumn,
  keyEntries,
  valueFormat,
  valueLabel,
  type CurveAxes,
  type LearningCurve,
  type Metric,
} from './curve-marks.ts'
import { drawn, panelChart, type Panel } from './plot-chart.ts'
import { textHue } from './series.ts'
import { text } from './svg.ts'

export interface LearningCurvesOptions extends ChartOptions {
  metric: Metric
  logEpochs?: boolean
  /** The values shown (shares for accuracy); the data's extent if absent. What lies outside is left out. */
  domain?: readonly [low: number, high: number]
}

const scales = (axes: CurveAxes) => ({
  x: { domain: axes.epochs.domain, type: axes.log ? ('log' as const) : ('linear' as const) },
  y: { domain: axes.values.domain },
})

/**
 * Accuracy or loss by epoch, a panel an experiment with the same axes in all: validation, training (thinner, paler), the original's
 * values (open circles), the epochs at which the rate fell (strokes on the axis) and the epoch kept (point). Augmented experiments are
 * dashed.
 */
export function learningCurves(curves: readonly LearningCurve[], options: LearningCurvesOptions): string {
  const width = options.width ?? wideWidth
  const narrow = isNarrow(width)
  // A lone curve gets the room of two, and a place for the key.
  const columns = Math.min(narrow ? 2 : 3, curves.length + 1)
  const axes = curveAxes(curves, options, narrow ? 3 : 4)
  const [labels, gap, head, foot, right, top] = [34, 26, 28, 22, 14, 22]
  const panelWidth = (width - labels - gap * (columns - 1) - right) / columns
  const panelHeight = (narrow ? 130 : curves.length > 1 ? 150 : 210) + head + foot
  const panels = curves.map((curve, i): Panel => {
    const column = i % columns
    const marginLeft = column === 0 ? labels : 0
    return {
      series: curve.series.name,
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
  // The key stands in the first free place of the grid, or below a grid that is full.
  const free = curves.length % columns
  const bottom = top + Math.ceil(curves.length / columns) * panelHeight
  const entries = keyEntries(curves)
  const keyTop = free === 0 ? bottom + 40 : bottom - panelHeight + head + 14
  const keyLeft = labels + free * (panelWidth + gap) + 4
  const height = free === 0 ? keyTop + entries.length * 19 : bottom + 20
  return panelChart(
    panels,
    [
      text(0, 8, valueLabel(options.metric), { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
      text(labels + (width - labels) / 2, bottom + 12, epochLabel(axes), { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
      ...keyColumn(entries, keyLeft, keyTop),
    ],
    height,
    options,
  )
}
