import type * as Plot from '@observablehq/plot'
import { count, decimal } from './format.ts'
import { ticksWithin, tickDigits, type Axis } from './axes.ts'
import { decimate } from './decimate.ts'
import { drawn } from './plot-chart.ts'
import { readLine, readLines } from './readable.ts'
import { roughPath } from './rough-path.ts'
import { dash, hue, textHue, type Series } from './series.ts'
import { openCircle, openCircles, svg, text } from './svg.ts'

export interface CurvePoint {
  /** From 1. */
  epoch: number
  /** Null where it was not finite. */
  value: number | null
}

export interface LearningCurve {
  series: Series
  validation: readonly CurvePoint[]
  /** Drawn only where experiments stand apart. */
  training?: readonly CurvePoint[]
  /** Validation of the same experiment's other seeds. */
  otherSeeds?: readonly (readonly CurvePoint[])[]
  /** The original's validation values. */
  published?: readonly CurvePoint[]
  /** The original's training values. */
  publishedTraining?: readonly CurvePoint[]
  /** Epochs from which the learning rate was a tenth of what it was. */
  rateFellAt?: readonly number[]
  /** The original's. */
  publishedRateFellAt?: readonly number[]
  /** The epoch whose weights were kept. */
  keptEpoch?: number
}

export type Metric = 'accuracy' | 'loss'

export interface CurveAxes {
  epochs: Axis
  values: Axis
  log: boolean
  /** Whether values are shares, written in per cent. */
  shares: boolean
}

function logTicks(high: number): number[] {
  const ticks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].filter((tick) => tick <= high)
  return ticks.length > 6 ? ticks.filter((tick) => String(tick).startsWith('1')) : ticks
}

/** One pair of axes for all curves: epochs to the last; values over the `domain` given, else over the data (losses from zero). */
export function curveAxes(
  curves: readonly LearningCurve[],
  { metric, logEpochs = false, domain }: { metric: Metric; logEpochs?: boolean; domain?: readonly [low: number, high: number] },
  mostTicks: number,
): CurveAxes {
  const points = curves.flatMap(({ validation, training, otherSeeds, published, publishedTraining }) => [
    ...validation,
    ...(training ?? []),
    ...(otherSeeds ?? []).flat(),
    ...(published ?? []),
    ...(publishedTraining ?? []),
  ])
  const known = points.flatMap(({ value }) => value ?? [])
  const last = Math.max(2, ...points.map(({ epoch }) => epoch))
  const [least, most] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1]
  const room = (most - least || 0.1) * 0.03
  const values: Axis['domain'] = domain ? [...domain] : [metric === 'loss' ? 0 : least - room, most + room]
  return {
    log: logEpochs,
    shares: metric === 'accuracy',
    epochs: { domain: [logEpochs ? 1 : 0, last], ticks: logEpochs ? logTicks(last) : ticksWithin(0, last, mostTicks) },
    values: { domain: values, ticks: ticksWithin(...values, 7) },
  }
}

/** Points inside the axes, thinned to what can be told apart at a width of `pixels`; a new `run` begins after points left out. */
function visible(points: readonly CurvePoint[], { values, log, epochs }: CurveAxes, pixels: number) {
  const [low, high] = values.domain
  let run = 0
  const shown = points.flatMap(({ epoch, value }) => {
    if (value === null || value < low || value > high || epoch < epochs.domain[0]) {
      run++
      return []
    }
    return [{ epoch, value, run, x: log ? Math.log(epoch) : epoch, y: value }]
  })
  // Lines are nearly two pixels wide: columns of three show what narrower ones would, in two thirds of the bytes.
  return decimate(shown, Math.floor(pixels / 3))
}

/** Radius of the original's training values: smaller than validation's. */
const trainingCircle = 1.6

/** Of thin lines in a series' text hue: the palest that keeps three to one against the paper. */
const paler = 0.7

/** Dotted: training is thin, augmentation dashed. */
export const otherSeedLine = { 'stroke-width': 1, 'stroke-opacity': paler, 'stroke-dasharray': '1 2.5' }

/** Circles that would touch their neighbour are left out. */
export const circleSpacing = 11

/** The lines of one experiment: training thinner and paler, validation, the original's circles, the kept epoch, the rate's falls. */
export function curveMarks(curve: LearningCurve, axes: CurveAxes, pixels: number): Plot.Markish[] {
  const { series, training, validation, otherSeeds = [], published, publishedTraining, keptEpoch } = curve
  const kept = visible(
    validation.filter(({ epoch }) => epoch === keptEpoch),
    axes,
    pixels,
  )
  return [
    drawn((frame) =>
      otherSeeds.map((points) => {
        const places = visible(points, axes, pixels).map(({ epoch, value, run }) => ({
          x: frame.x(epoch),
          y: frame.y(value),
          run,
        }))
        return svg('path', { d: roughPath(places), fill: 'none', stroke: textHue(series), ...otherSeedLine })
      }),
    ),
    drawn((frame) => {
      const line = (name: string, points: readonly CurvePoint[], width: number, stroke: string, opacity?: number) =>
        readLine(
          name,
          visible(points, axes, pixels).map(({ epoch, value, run }) => ({ x: frame.x(epoch), y: frame.y(value), run })),
          { stroke, 'stroke-width': width, 'stroke-opacity': opacity, 'stroke-dasharray': dash(series) },
        )
      return [
        readLines(
          frame,
          { x: { ...axes.epochs, log: axes.log }, y: axes.values, xName: 'epoch', unit: axes.shares ? '%' : '' },
          ...(training ? [line('training', training, 1, textHue(series), paler)] : []),
          line('validation', validation, 1.75, hue(series)),
        ),
      ]
    }),
    drawn((frame) => {
      const circles = (points: readonly CurvePoint[], r: number) => {
        let lastX = -Infinity
        const places = visible(points, axes, 1e5).flatMap(({ epoch, value }) => {
          const x = frame.x(epoch)
          if (x - lastX < circleSpacing) return []
          lastX = x
          return [{ x, y: frame.y(value) }]
        })
        return places.length ? [openCircles(places, r)] : []
      }
      return [
        ...circles(publishedTraining ?? [], trainingCircle),
        ...circles(published ?? [], 3),
        ...(curve.rateFellAt ?? []).map((epoch) => rateTick(frame.x(epoch), frame.bottom, textHue(series))),
        ...(curve.publishedRateFellAt ?? []).map((epoch) => rateTick(frame.x(epoch), frame.bottom, 'var(--ink)')),
        ...kept.map(({ epoch, value }) => svg('circle', { cx: frame.x(epoch), cy: frame.y(value), r: 4, fill: hue(series) })),
      ]
    }),
  ]
}

const rateTick = (x: number, bottom: number, stroke: string) =>
  svg('path', { d: `M${x},${bottom}v-8`, stroke, 'stroke-width': 1.5 })

interface KeyEntry {
  words: string
  /** Draws a sample around (x, y), at most 26 pixels wide. */
  sample: (x: number, y: number) => SVGElement
}

/** What marks the curves have, with a sample of each in neutral ink. */
export function keyEntries(curves: readonly LearningCurve[]): KeyEntry[] {
  const has = (test: (curve: LearningCurve) => unknown) => curves.some(test)
  const line = (attributes: Record<string, number | string>) => (x: number, y: number) =>
    svg('path', { d: `M${x - 13},${y}h26`, stroke: 'var(--ink-soft)', fill: 'none', ...attributes })
  const entries: (KeyEntry | false)[] = [
    { words: 'validation', sample: line({ 'stroke-width': 1.75 }) },
    has(({ training }) => training?.length) && {
      words: 'training',
      sample: line({ 'stroke-width': 1, 'stroke-opacity': paler }),
    },
    has(({ otherSeeds }) => otherSeeds?.length) && {
      words: 'other seeds',
      sample: line(otherSeedLine),
    },
    has(({ published }) => published?.length) && { words: 'published', sample: (x, y) => openCircle(x, y, 3) },
    has(({ publishedTraining }) => publishedTraining?.length) && {
      words: 'published, training',
      sample: (x, y) => openCircle(x, y, trainingCircle),
    },
    has(({ keptEpoch }) => keptEpoch) && {
      words: 'epoch kept',
      sample: (x, y) => svg('circle', { cx: x, cy: y, r: 4, fill: 'var(--ink-soft)' }),
    },
    has(({ rateFellAt }) => rateFellAt?.length) && {
      words: 'rate cut to a tenth',
      sample: (x, y) => rateTick(x, y + 4, 'var(--ink-soft)'),
    },
    has(({ publishedRateFellAt }) => publishedRateFellAt?.length) && {
      words: 'published, rate cut',
      sample: (x, y) => rateTick(x, y + 4, 'var(--ink)'),
    },
  ]
  return entries.filter((entry) => entry !== false)
}

/** The key in a column whose samples start at `left`. */
export const keyColumn = (entries: readonly KeyEntry[], left: number, top: number): SVGElement[] =>
  entries.flatMap(({ words, sample }, i) => [
    sample(left + 13, top + i * 19),
    text(left + 34, top + i * 19, words, { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
  ])

export const epochLabel = ({ log }: CurveAxes) => (log ? 'epoch (log scale)' : 'epoch')
export const epochFormat = count
export const valueLabel = (metric: Metric) => (metric === 'accuracy' ? 'accuracy, %' : 'loss (cross-entropy)')
export const valueFormat = (metric: Metric, { values }: CurveAxes) => {
  const factor = metric === 'accuracy' ? 100 : 1
  const digits = tickDigits(values.ticks.map((tick) => Number((tick * factor).toPrecision(9))))
  return (tick: number) => decimal(tick * factor, digits)
}
