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
  type LearningCurve,
  type Metric,
} from './curve-marks.ts'
import { panelChart, type Panel } from './plot-chart.ts'
import { text } from './svg.ts'

const [labels, right, head, foot] = [40, 14, 20, 40]
const keyRow = 19

/**
 * One run, epoch by epoch: its accuracy and its loss in a panel each, side by side or, where it is narrow, one above the other; what
 * the marks mean is below.
 */
export function runHistory(curves: Record<Metric, LearningCurve>, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const columns = isNarrow(width) ? 1 : 2
  const gap = 24
  const panelWidth = (width - gap * (columns - 1)) / columns
  const panelHeight = head + 190 + foot
  const metrics: Metric[] = ['accuracy', 'loss']
  const places = metrics.map((metric, i) => ({
    metric,
    left: (i % columns) * (panelWidth + gap),
    top: Math.floor(i / columns) * panelHeight,
    axes: curveAxes([curves[metric]], { metric }, 5),
  }))
  const panels = places.map(({ metric, axes, ...place }): Panel => {
    const pixels = panelWidth - labels - right
    return {
      ...place,
      plot: {
        width: panelWidth,
        height: panelHeight,
        marginLeft: labels,
        marginRight: right,
        marginTop: head,
        marginBottom: foot,
        x: { domain: axes.epochs.domain },
        y: { domain: axes.values.domain },
        marks: [
          ...valueAxis(axes.values, 'y', null, valueFormat(metric, axes)),
          ...valueAxis(axes.epochs, 'x', null, epochFormat),
          ...curveMarks(curves[metric], axes, pixels),
        ],
      },
    }
  })
  const names = places.flatMap(({ metric, axes, left, top }) => [
    text(left, top + 6, valueLabel(metric), { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
    text(left + labels + (panelWidth - labels - right) / 2, top + panelHeight - 8, epochLabel(axes), {
      'text-anchor': 'middle',
      fill: 'var(--ink-soft)',
    }),
  ])
  const bottom = (metrics.length / columns) * panelHeight
  const key = keyEntries([curves.accuracy])
  const height = bottom + 16 + key.length * keyRow
  return panelChart(panels, [...names, ...keyColumn(key, labels, bottom + 16)], height, options)
}
