import * as Plot from '@observablehq/plot'
import { mean } from 'd3-array'
import { valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { drawn, panelChart, type Frame, type Panel } from './plot-chart.ts'
import { hue, textHue, type Series } from './series.ts'
import { fontSize, openCircle, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

/** Accuracies, one a seed, of a network trained at one rate. */
export interface RatePoint {
  series: Series
  rate: number
  test: readonly number[]
  validation: readonly number[]
}

export interface RatePanel {
  title: string
  /** All rates of the sweep, ascending: what is not among the points was not run, and no line is drawn over it. */
  rates: readonly number[]
  points: readonly RatePoint[]
  /** Accuracies that the original printed, after as many epochs. */
  published?: readonly { rate: number; accuracy: number }[]
  /** Rates that others used, written over the panel. */
  marked?: readonly { rate: number; words: string }[]
  /** An arrow from one rate to another, over the panel. */
  change?: { from: number; to: number; words: string }
}

/** Room beyond the first and last rate, as a factor. */
const room = 1.35
const decades = (rates: readonly number[]) => Math.log10(rates.at(-1)! / rates[0]!) + 2 * Math.log10(room)

/** Means over seeds, cut into stretches of neighbouring rates. */
function lines(panel: RatePanel, series: Series, of: 'test' | 'validation') {
  let stretch = 0
  return panel.rates.flatMap((rate) => {
    const point = panel.points.find((one) => one.rate === rate && one.series.name === series.name)
    const accuracy = point && mean(point[of])
    if (accuracy === undefined) {
      stretch++
      return []
    }
    return [{ rate, accuracy, stretch }]
  })
}

function curves(panel: RatePanel, all: readonly Series[]): Plot.Markish[] {
  const dots = (of: 'test' | 'validation') =>
    panel.points.flatMap(({ series, rate, ...accuracies }) => accuracies[of].map((accuracy) => ({ series, rate, accuracy })))
  return [
    ...all.flatMap((series) => {
      const line = { x: 'rate', y: 'accuracy', z: 'stretch', stroke: hue(series) }
      return [
        Plot.line(lines(panel, series, 'validation'), { ...line, strokeWidth: 1, strokeOpacity: 0.6 }),
        Plot.line(lines(panel, series, 'test'), { ...line, strokeWidth: 1.75 }),
      ]
    }),
    drawn((frame) => [
      ...(['validation', 'test'] as const).flatMap((of) =>
        dots(of).map(({ series, rate, accuracy }) => dot(frame.x(rate), frame.y(accuracy), of, series)),
      ),
      ...(panel.published ?? []).map(({ rate, accuracy }) => openCircle(frame.x(rate), frame.y(accuracy), 4.5)),
    ]),
  ]
}

/** Round, of the FCNN square: the two are told apart without the hue too. */
function dot(x: number, y: number, of: 'test' | 'validation', series?: Series): SVGElement {
  const r = of === 'test' ? 3 : 2
  const ink = { fill: series ? hue(series) : 'var(--ink-soft)', ...(of === 'validation' && { 'fill-opacity': 0.6 }) }
  return series?.network === 'fcnn'
    ? svg('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...ink })
    : svg('circle', { cx: x, cy: y, r, ...ink })
}

/** Lines of text over a panel: its title, what changed, whose rate is marked below. */
const head = { title: 10, change: 32, marked: 52, all: 66 }

function annotations({ title, marked = [], change }: RatePanel, frame: Frame, size: number): SVGElement[] {
  const soft = { fill: 'var(--ink-soft)', 'text-anchor': 'middle' }
  const arrow = (from: number, to: number, words: string) => {
    const half = textWidth(words, size) / 2 + 6
    const [middle, tip] = [(from + to) / 2, from < to ? -6 : 6]
    const line = (d: string) => svg('path', { d, stroke: 'var(--accent)', 'stroke-width': 1.25, fill: 'none' })
    return [
      line(`M${from},${head.marked - 10}V${head.change}H${from < to ? middle - half : middle + half}`),
      line(`M${from < to ? middle + half : middle - half},${head.change}H${to}V${head.marked - 10}`),
      line(
        `M${to - 4},${head.marked - 10 - Math.abs(tip)}L${to},${head.marked - 10}L${to + 4},${head.marked - 10 - Math.abs(tip)}`,
      ),
      text(middle, head.change, words, { ...soft, fill: 'var(--accent)' }),
    ]
  }
  return [
    text(frame.left, head.title, title, { 'text-anchor': 'start', class: 'strong' }),
    ...marked.flatMap(({ rate, words }) => [
      svg('path', {
        d: `M${frame.x(rate)},${frame.top - 6}V${frame.bottom}`,
        stroke: 'var(--accent)',
        'stroke-width': 1,
        'stroke-dasharray': '2 3',
      }),
      // Inside the drawing, for a rate near its edge.
      text(Math.min(frame.x(rate), frame.right - textWidth(words, size) / 2), head.marked, words, soft),
    ]),
    ...(change ? arrow(frame.x(change.from), frame.x(change.to), change.words) : []),
  ]
}

/** What the marks are, in two lines where the drawing is narrow. */
function key(all: readonly Series[], published: boolean, top: number, width: number, size: number): SVGElement[] {
  const ink = 'var(--ink-soft)'
  const line = (x: number, y: number, attributes: Record<string, number>) =>
    svg('path', { d: `M${x},${y}h24`, stroke: ink, fill: 'none', ...attributes })
  const entries = [
    ...all.map((series) => ({
      words: series.title,
      fill: textHue(series),
      sample: (x: number, y: number) => [dot(x + 18, y, 'test', series)],
    })),
    {
      words: 'test',
      fill: ink,
      sample: (x: number, y: number) => [line(x, y, { 'stroke-width': 1.75 }), dot(x + 12, y, 'test')],
    },
    {
      words: 'validation',
      fill: ink,
      sample: (x: number, y: number) => [line(x, y, { 'stroke-width': 1, 'stroke-opacity': 0.6 }), dot(x + 12, y, 'validation')],
    },
    ...(published ? [{ words: 'published, test', fill: ink, sample: (x: number, y: number) => [openCircle(x + 18, y, 4)] }] : []),
  ]
  let [x, y] = [0, top]
  return entries.flatMap(({ words, fill, sample }) => {
    const size24 = 30 + textWidth(words, size) + 18
    if (x > 0 && x + size24 > width) [x, y] = [0, y + 20]
    const drawing = [...sample(x, y), text(x + 30, y, words, { 'text-anchor': 'start', fill })]
    x += size24
    return drawing
  })
}

const powers = (low: number, high: number) =>
  [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10].filter((power) => power >= low && power <= high)

/**
 * Accuracy after a few epochs against the learning rate (log axis), a panel an optimizer, as wide as its rates span: a point a seed,
 * lines through the means over neighbouring rates; validation thinner and paler. Stacked on one axis where the place is narrow.
 */
export function rateSweepChart(data: readonly RatePanel[], options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const all = [...new Map(data.flatMap(({ points }) => points.map(({ series }) => [series.name, series] as const))).values()]
  const [labels, gap, foot, right, top] = [30, 24, 26, 6, 16]
  const plotHeight = narrow ? 150 : 230
  const rates = data.flatMap((panel) => panel.rates)
  const common = [Math.min(...rates) / room, Math.max(...rates) * room]
  const spread = data.reduce((sum, panel) => sum + decades(panel.rates), 0)
  const plotWidths = data.map((panel) =>
    narrow ? width - labels - right : ((width - labels - right - gap * (data.length - 1)) * decades(panel.rates)) / spread,
  )
  const axis = { domain: [0, 1] as [number, number], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }
  let [left, down] = [0, top]
  const panels = data.map((panel, i): Panel => {
    const first = narrow || i === 0
    const domain = narrow ? common : [panel.rates[0]! / room, panel.rates.at(-1)! * room]
    // What stands over the panels is needed only where rates are marked.
    const above = narrow && !panel.marked ? 26 : head.all
    const height = above + plotHeight + foot
    const place = { left, top: down }
    const marginLeft = first ? labels : 0
    if (narrow) down += height + 4
    else left += marginLeft + plotWidths[i]! + gap
    return {
      ...place,
      plot: {
        width: marginLeft + plotWidths[i]! + right,
        height,
        marginLeft,
        marginRight: right,
        marginTop: above,
        marginBottom: foot,
        x: { type: 'log', domain },
        y: { domain: axis.domain },
        marks: [
          ...valueAxis(axis, 'y', null, first ? (tick) => String(Math.round(tick * 100)) : () => ''),
          ...valueAxis({ domain: [domain[0]!, domain[1]!], ticks: powers(domain[0]!, domain[1]!) }, 'x', null, String),
          drawn((frame) => annotations(panel, frame, size)),
          ...curves(panel, all),
        ],
      },
    }
  })
  const bottom = narrow ? down : top + head.all + plotHeight + foot
  const published = data.some((panel) => panel.published?.length)
  return panelChart(
    panels,
    [
      text(0, 6, 'accuracy, %', { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
      text(labels + (width - labels) / 2, bottom + 8, 'learning rate (log scale)', {
        'text-anchor': 'middle',
        fill: 'var(--ink-soft)',
      }),
      ...key(all, published, bottom + 34, width, size),
    ],
    bottom + (narrow ? 68 : 48),
    options,
  )
}
