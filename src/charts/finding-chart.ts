import type { Interval } from '../../experiments/statistics/interval.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { decimal } from './format.ts'
import { axisHeight, ends, paddedAxis, valueAxis } from './axes.ts'
import { drawn, plotChart, type Frame } from './plot-chart.ts'
import { hue, textHue, type Series } from './series.ts'
import { ofSeries } from './readable.ts'
import { spreadLabels } from './spread-labels.ts'
import { fontSize, openCircle, svg, type Attributes } from './svg.ts'
import { textWidth } from './text-width.ts'

export interface FindingRow {
  series: Series
  /** The original's macro F1; null where it has none. */
  published: number | null
  /** Ours: the mean over seeds, its interval, and one score a seed. Null while not run. */
  ours: { mean: number; interval: Interval | null; seeds: readonly number[] } | null
}

const header = 32
const noteHeight = 36

/** Below the first row's points: which is which, in words over the points themselves. */
function pointNames(row: FindingRow, frame: Frame, y: number, size: number): SVGElement[] {
  const names = [
    ...(row.published === null ? [] : [{ text: 'published', at: row.published, fill: 'var(--ink)' }]),
    ...(row.ours === null ? [] : [{ text: 'ours', at: row.ours.mean, fill: textHue(row.series) }]),
  ]
  const places = spreadLabels(
    names.map((name) => frame.x(name.at)),
    names.map((name) => textWidth(name.text, size) + 8),
    [frame.left - 20, frame.right + 20],
  )
  return names.map((name, i) => svg('text', { x: places[i], y, 'text-anchor': 'middle', fill: name.fill }, name.text))
}

/** The two scores in figures, outside the pair of points: each on the side where the other is not. */
function values(row: FindingRow, frame: Frame, y: number): SVGElement[] {
  const { published, ours } = row
  const ascending = published === null || ours === null || ours.mean >= published
  const value = (score: number, edges: number[], right: boolean, fill: string) => {
    const x = right ? Math.max(...edges.map(frame.x)) + 10 : Math.min(...edges.map(frame.x)) - 10
    return svg('text', { x, y, dy: '0.32em', 'text-anchor': right ? 'start' : 'end', fill }, decimal(score, 3))
  }
  return [
    ...(published === null ? [] : [value(published, [published], !ascending, 'var(--ink-soft)')]),
    ...(ours === null ? [] : [value(ours.mean, [ours.mean, ...ends(ours.interval)], ascending, textHue(row.series))]),
  ]
}

/** Rows in two groups, as drawn and as augmented, with the place of each; below each group is room for a note. */
function layOut(rows: readonly FindingRow[], narrow: boolean) {
  const rowHeight = narrow ? 54 : 42
  const groups = [rows.filter((row) => !row.series.augmented), rows.filter((row) => row.series.augmented)]
  let top = header
  const placed = groups
    .filter((group) => group.length > 0)
    .map((group) => {
      // In narrow drawings the name stands on a line of its own above the points.
      const lines = group.map((row, i) => ({ row, y: top + (i + (narrow ? 0.66 : 0.5)) * rowHeight }))
      const band = { lines, top, bottom: top + group.length * rowHeight }
      top = band.bottom + (group.length > 1 ? noteHeight : 8)
      return band
    })
  return { groups: placed, bottom: top }
}
type Group = ReturnType<typeof layOut>['groups'][number]

/** How far apart the scores of a group lie, published and ours: a band behind the points, its extent in words below. */
function spread(group: Group, frame: Frame, size: number): SVGElement[] {
  if (group.lines.length < 2) return []
  const sides = [group.lines.map(({ row }) => row.published), group.lines.map(({ row }) => row.ours?.mean ?? null)]
  const bands = sides.flatMap((scores) => {
    const known = scores.filter((score) => score !== null)
    if (known.length < scores.length) return []
    const [low, high] = [Math.min(...known), Math.max(...known)]
    return [{ x: frame.x(low), width: frame.x(high) - frame.x(low), text: `within ${decimal(high - low, 3)}` }]
  })
  const places = spreadLabels(
    bands.map((band) => band.x + band.width / 2),
    bands.map((band) => textWidth(band.text, size) + 8),
    [frame.left - 30, frame.right + 30],
  )
  const y = group.bottom + 3
  return bands.flatMap((band, i) => [
    svg('rect', { x: band.x, y: group.top, width: band.width, height: y - group.top, fill: 'var(--ink)', 'fill-opacity': 0.06 }),
    svg('path', { d: `M${band.x},${y}h${band.width}`, stroke: 'var(--ink-soft)', fill: 'none' }),
    svg('text', { x: places[i], y: y + 15, 'text-anchor': 'middle', fill: 'var(--ink-soft)' }, band.text),
  ])
}

function points({ row, y }: { row: FindingRow; y: number }, frame: Frame): SVGElement[] {
  const { published, ours, series } = row
  const fill = hue(series)
  const line = (from: number, to: number, attributes: Attributes) =>
    svg('path', { d: `M${frame.x(from)},${y}H${frame.x(to)}`, fill: 'none', ...attributes })
  const dots = ours && ours.seeds.length > 1 ? ours.seeds : []
  return [
    ...(published !== null && ours ? [line(published, ours.mean, { stroke: 'var(--ink-soft)', 'stroke-opacity': 0.5 })] : []),
    ...(ours?.interval ? [line(ours.interval.low, ours.interval.high, { stroke: fill, 'stroke-width': 2.5 })] : []),
    ...dots.map((seed) => svg('circle', { cx: frame.x(seed), cy: y + 10, r: 1.8, fill, 'fill-opacity': 0.7 })),
    ...(ours
      ? [
          svg('circle', {
            cx: frame.x(ours.mean),
            cy: y,
            r: 5,
            fill,
            'data-say': `${series.title}, ours: ${decimal(ours.mean, 3)}${ours.interval ? `, 95 % interval ${decimal(ours.interval.low, 3)} to ${decimal(ours.interval.high, 3)}` : ''}`,
          }),
        ]
      : []),
    ...(published === null
      ? []
      : [openCircle(frame.x(published), y, 4.5, `${series.title}, published: ${decimal(published, 3)}`)]),
  ]
}

/**
 * The finding in one figure: macro F1 of each experiment, the original's (open circle) and ours (point, interval, a small dot a
 * seed), on one axis; in two groups, without and with augmentation, with how far apart each group's scores lie.
 */
export function findingChart(rows: readonly FindingRow[], options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const { groups, bottom } = layOut(rows, narrow)
  const scores = rows.flatMap(({ published, ours }) => [
    ...(published === null ? [] : [published]),
    ...(ours ? [ours.mean, ...ends(ours.interval), ...ours.seeds] : []),
  ])
  const axis = paddedAxis(scores, narrow ? 5 : 8)
  const marginLeft = narrow ? 36 : Math.max(...rows.map((row) => textWidth(row.series.title, size, 'semibold'))) + 56
  const first = groups[0]!.lines[0]!
  const name = (row: FindingRow, y: number) =>
    svg('text', { x: 0, y, dy: '0.32em', 'text-anchor': 'start', fill: textHue(row.series), class: 'strong' }, row.series.title)
  // A little inside: slanted letters lean over their own advance.
  const missing = (x: number, y: number) =>
    svg('text', { x, y, dy: '0.32em', 'text-anchor': 'end', fill: 'var(--ink-soft)', 'font-style': 'italic' }, 'not run yet')
  return plotChart(
    {
      height: bottom + axisHeight,
      marginLeft,
      marginRight: 48,
      marginTop: header,
      marginBottom: axisHeight,
      x: { domain: axis.domain },
      y: { domain: [0, 1], axis: null },
      marks: [
        ...valueAxis(axis, 'x', 'macro F1 on the test set'),
        drawn((frame) => [
          ...groups.flatMap((group) => spread(group, frame, size)),
          ...groups
            .flatMap((group) => group.lines)
            .map((line) =>
              ofSeries(
                line.row.series,
                name(line.row, narrow ? line.y - 20 : line.y),
                ...points(line, frame),
                ...values(line.row, frame, line.y),
                ...(line.row.ours ? [] : [missing(width - 4, narrow ? line.y - 20 : line.y)]),
              ),
            ),
          ...pointNames(first.row, frame, first.y - (narrow ? 40 : 18), size),
        ]),
      ],
    },
    options,
  )
}
