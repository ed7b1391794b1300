import { axisHeight, paddedAxis, ticksWithin, valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { circleSpacing, otherSeedLine, type CurvePoint } from './curve-marks.ts'
import { count } from './format.ts'
import { drawn, plotChart, type Frame } from './plot-chart.ts'
import { ofSeries, readLine, readLines } from './readable.ts'
import { roughPath } from './rough-path.ts'
import { hue, textHue, type Series } from './series.ts'
import { svg, text } from './svg.ts'

/** A network's accuracy (0…1) by epoch. */
export interface PaceCurve {
  series: Series
  /** The first is drawn solid, the others dotted; each ends in a point. */
  runs: readonly (readonly CurvePoint[])[]
  /** The last is drawn larger, and its epoch written over it. */
  published: readonly CurvePoint[]
  /** On which side of the line its name stands. */
  name: 'above' | 'below'
}

/** A difference to be read off at one epoch, from one value to the other, and what to write there. */
export interface PaceGap {
  epoch: number
  from: number
  to: number
  words: readonly string[]
}

/** The same epochs of every line, so that they are read side by side, no more than can be told apart, and each line's first and last. */
const thinned = (points: readonly CurvePoint[], every: number) =>
  points.filter(({ epoch }, i) => epoch % every === 0 || i === 0 || i === points.length - 1)

function circles({ published, series }: PaceCurve, frame: Frame): SVGElement[] {
  const stroke = textHue(series)
  let next = Infinity
  return published.toReversed().flatMap(({ epoch, value }) => {
    const x = frame.x(epoch)
    if (value === null || x > next - circleSpacing) return []
    const last = next === Infinity
    next = x
    const circle = { cx: x, cy: frame.y(value), r: last ? 6 : 2.75, fill: 'var(--paper)', stroke, 'stroke-width': 1.5 }
    return [
      svg('circle', circle),
      ...(last ? [text(x, frame.y(value) - 18, count(epoch), { 'text-anchor': 'middle', fill: stroke })] : []),
    ]
  })
}

/** A line's name beside it, a quarter of the way along the axis. */
function named({ series, runs, name }: PaceCurve, frame: Frame, epoch: number): SVGElement[] {
  const at = runs[0]?.find((point) => point.epoch >= epoch)
  if (!at || at.value === null) return []
  const above = name === 'above'
  return [
    text(frame.x(at.epoch) + (above ? -12 : 4), frame.y(at.value) + (above ? -20 : 16), series.title, {
      'text-anchor': above ? 'end' : 'start',
      fill: textHue(series),
      class: 'strong',
    }),
  ]
}

/** A bracket from value to value, beside the epoch's own points, and a thin line from it down to the words. */
function gapMarks({ epoch, from, to, words }: PaceGap, frame: Frame): SVGElement[] {
  const [x, low, high] = [frame.x(epoch) + 9, frame.y(Math.min(from, to)), frame.y(Math.max(from, to))]
  const stroke = { stroke: 'var(--accent)', fill: 'none' }
  return [
    svg('path', { d: `M${x - 4},${high}H${x}V${low}H${x - 4}`, ...stroke, 'stroke-width': 1.5 }),
    svg('path', { d: `M${x},${low}v26`, ...stroke, 'stroke-width': 0.5 }),
    ...words.map((line, i) => text(x, low + 36 + 17 * i, line, { 'text-anchor': 'middle', fill: 'var(--accent)' })),
  ]
}

/**
 * Networks' accuracy by epoch on one pair of axes, to be compared at equal epochs: ours as lines, each ending in a point where its
 * training ended, the original's values as open circles.
 * @param gap null: none is marked
 */
export function equalEpochsChart(curves: readonly PaceCurve[], gap: PaceGap | null, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const narrow = isNarrow(width)
  const points = curves.flatMap(({ runs, published }) => [...runs.flat(), ...published])
  const values = paddedAxis(
    points.flatMap(({ value }) => value ?? []),
    narrow ? 6 : 8,
  )
  const last = Math.max(1, ...points.map(({ epoch }) => epoch))
  const epochs = { domain: [0, last] as [number, number], ticks: ticksWithin(0, last, narrow ? 4 : 8) }
  const every = Math.ceil((8 * last) / width)
  // To a tenth of a pixel: exact places would take more bytes than can be seen.
  const tenth = (pixel: number) => Math.round(pixel * 10) / 10
  const places = (run: readonly CurvePoint[], frame: Frame, spacing = every) =>
    thinned(run, spacing).flatMap(({ epoch, value }) =>
      value === null ? [] : [{ x: tenth(frame.x(epoch)), y: tenth(frame.y(value)), run: 0 }],
    )
  return plotChart(
    {
      height: (narrow ? 260 : 320) + axisHeight,
      marginLeft: 32,
      marginRight: 20,
      marginTop: 34,
      marginBottom: axisHeight,
      x: { domain: epochs.domain },
      y: { domain: values.domain },
      marks: [
        ...valueAxis(values, 'y', null, (tick) => String(Math.round(tick * 100))),
        ...valueAxis(epochs, 'x', 'epoch', count),
        drawn((frame) => [
          text(0, 8, 'accuracy, %', { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
          ...(gap ? gapMarks(gap, frame) : []),
          ...curves.map(({ series, runs }) =>
            ofSeries(
              series,
              ...runs.slice(1).map((run) =>
                svg('path', {
                  d: roughPath(places(run, frame, 2 * every)),
                  fill: 'none',
                  stroke: hue(series),
                  ...otherSeedLine,
                }),
              ),
            ),
          ),
          readLines(
            frame,
            { x: epochs, y: values, xName: 'epoch', unit: '%' },
            ...curves.flatMap(({ series, runs: [first] }) =>
              first ? [readLine(series.title, places(first, frame), { stroke: hue(series), 'stroke-width': 1.75 })] : [],
            ),
          ),
          ...curves.map((curve) =>
            ofSeries(
              curve.series,
              // Below the ends of ours, which may fall on one.
              ...circles(curve, frame),
              ...curve.runs.flatMap((run) => {
                const end = run.at(-1)
                return end && end.value !== null
                  ? [svg('circle', { cx: frame.x(end.epoch), cy: frame.y(end.value), r: 4, fill: hue(curve.series) })]
                  : []
              }),
              ...named(curve, frame, last / 4),
            ),
          ),
        ]),
      ],
    },
    options,
  )
}
