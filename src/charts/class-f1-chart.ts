import * as Plot from '@observablehq/plot'
import { ends, paddedAxis, valueAxis, type Axis } from './axes.ts'
import type { CharacterClass } from '../../experiments/dataset/kmnist.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { decimal } from './format.ts'
import { drawn, panelChart, type Frame, type Panel } from './plot-chart.ts'
import { classBand } from './readable.ts'
import { dash, hue, textHue, type Series } from './series.ts'
import { spreadLabels } from './spread-labels.ts'
import { className, classNamesWidth, classWords, fontSize, openCircle, svg, text } from './svg.ts'
import { textWidth, wrapText } from './text-width.ts'

export interface ClassScores {
  series: Series
  /** F1 of each class, in the classes' order; null while not run. */
  ours: readonly { f1: number; interval?: Interval }[] | null
  published?: readonly number[]
}

const rowHeight = 20
const titleLine = 15
const foot = 26

interface Row {
  /** The class's index. */
  index: number
  y: number
}

function points(scores: ClassScores, rows: readonly Row[], frame: Frame, classes: readonly CharacterClass[]): SVGElement[] {
  const { series, published, ours } = scores
  return rows.flatMap(({ index, y }) => {
    const mine = ours?.[index]
    const theirs = published?.[index]
    const of = `${series.title}, ${classWords(classes[index]!)}`
    const line = (from: number, to: number, attributes: Record<string, string | number | undefined>) =>
      svg('path', { d: `M${frame.x(from)},${y}H${frame.x(to)}`, fill: 'none', ...attributes })
    return [
      ...(mine?.interval ? [line(mine.interval.low, mine.interval.high, { stroke: hue(series), 'stroke-width': 2 })] : []),
      ...(theirs === undefined ? [] : [openCircle(frame.x(theirs), y, 3.5, `${of}: F1 ${decimal(theirs, 3)} published`)]),
      ...(mine
        ? [
            svg('circle', {
              cx: frame.x(mine.f1),
              cy: y,
              r: 4,
              fill: hue(series),
              'data-say': `${of}: F1 ${decimal(mine.f1, 3)}`,
              'data-class': index,
            }),
          ]
        : []),
    ]
  })
}

/** Names the open circle and the point, over the first row of one panel. */
function pointNames(scores: ClassScores, first: Row, frame: Frame, size: number): SVGElement[] {
  const mine = scores.ours?.[first.index]
  const theirs = scores.published?.[first.index]
  const names = [
    ...(theirs === undefined ? [] : [{ words: 'published', at: theirs, fill: 'var(--ink)' }]),
    ...(mine ? [{ words: 'ours', at: mine.f1, fill: textHue(scores.series) }] : []),
  ]
  const places = spreadLabels(
    names.map(({ at }) => frame.x(at)),
    names.map(({ words }) => textWidth(words, size) + 6),
    [frame.left - 8, frame.right + 8],
  )
  return names.map(({ words, fill }, i) => text(places[i]!, first.y - 17, words, { fill, 'text-anchor': 'middle' }))
}

/**
 * F1 of each class, a panel an experiment on the same axis: the original's value (open circle), ours (point and interval), and a
 * line at our macro F1. Rows in `order` (class indices; as numbered if absent).
 */
export function classF1Chart(
  data: { classes: readonly CharacterClass[]; scores: readonly ClassScores[] },
  options: ChartOptions & { order?: readonly number[] },
): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const order = options.order ?? data.classes.map((_, i) => i)
  const names = classNamesWidth(data.classes, size) + 4
  const columns = Math.min(isNarrow(width) ? 2 : 5, data.scores.length)
  const panelWidth = (width - names) / columns
  const titles = data.scores.map(({ series }) => wrapText(series.title, panelWidth - 20, size * 1.04))
  // Below the titles, one panel names its marks.
  const head = Math.max(...titles.map((lines) => lines.length)) * titleLine + 26
  const panelHeight = head + order.length * rowHeight + foot
  const rows = order.map((index, i) => ({ index, y: head + (i + 0.5) * rowHeight }))
  const all = data.scores.flatMap(({ ours, published }) => [
    ...(published ?? []),
    ...(ours ?? []).flatMap(({ f1, interval }) => [f1, ...ends(interval)]),
  ])
  const axis: Axis = paddedAxis(all, 4)
  // The first panel with both marks names them.
  const named = data.scores.findIndex(({ ours, published }) => ours && published)
  const panels = data.scores.map((scores, i): Panel => {
    const { series, ours } = scores
    const macro = ours ? ours.reduce((sum, { f1 }) => sum + f1, 0) / ours.length : null
    const title = titles[i]!
    return {
      series: series.name,
      left: names + (i % columns) * panelWidth,
      top: Math.floor(i / columns) * (panelHeight + 14),
      plot: {
        width: panelWidth,
        height: panelHeight,
        marginLeft: 8,
        marginRight: 8,
        marginTop: head,
        marginBottom: foot,
        x: { domain: axis.domain },
        y: { domain: [0, 1], axis: null },
        marks: [
          ...valueAxis(axis, 'x', null),
          ...(macro === null
            ? []
            : [Plot.ruleX([macro], { stroke: hue(series), strokeOpacity: 0.6, strokeDasharray: dash(series) })]),
          drawn((frame) => [
            ...title.map((line, n) =>
              text(frame.left, head - 26 - (title.length - n - 0.5) * titleLine, line, {
                'text-anchor': 'start',
                fill: textHue(series),
                class: 'strong',
              }),
            ),
            ...points(scores, rows, frame, data.classes),
            ...(i === named ? pointNames(scores, rows[0]!, frame, size) : []),
            ...(ours
              ? []
              : [
                  text((frame.left + frame.right) / 2, head - 10, 'ours: not run yet', {
                    'text-anchor': 'middle',
                    fill: 'var(--ink-soft)',
                    'font-style': 'italic',
                  }),
                ]),
          ]),
        ],
      },
    }
  })
  const lines = Math.ceil(data.scores.length / columns)
  const labels = Array.from({ length: lines }, (_, line) =>
    rows.flatMap(({ index, y }) => {
      const middle = line * (panelHeight + 14) + y
      return [classBand(index, 0, middle - rowHeight / 2, width, rowHeight), className(0, middle, data.classes[index]!, 'start')]
    }),
  ).flat()
  const height = lines * (panelHeight + 14) + 8
  const axisName = text(names + (width - names) / 2, height - 8, 'F1 on the test set; the line is the macro F1', {
    'text-anchor': 'middle',
    fill: 'var(--ink-soft)',
  })
  return panelChart(panels, [...labels, axisName], height, options)
}
