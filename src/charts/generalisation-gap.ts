import { axisHeight, paddedAxis, valueAxis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { fixed, percent } from './format.ts'
import { drawn, plotChart, type Frame } from './plot-chart.ts'
import { ofSeries } from './readable.ts'
import { dash, hue, textHue, type Series } from './series.ts'
import { spreadLabels } from './spread-labels.ts'
import { fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

export interface GapRow {
  series: Series
  /** Accuracies with dropout off, 0…1; null while not run. */
  accuracy: { train: number; validation: number | null; test: number } | null
  /** Test accuracy of each seed, where there are several: the points are means. */
  testSeeds?: readonly number[]
}

const header = 36

function points({ series, accuracy, testSeeds = [] }: GapRow, y: number, frame: Frame): SVGElement[] {
  if (!accuracy) return []
  const { train, validation, test: mean } = accuracy
  const [fill, from, to] = [hue(series), frame.x(mean * 100), frame.x(train * 100)]
  const say = (set: string, share: number) => `${series.title}: ${percent(share, 1)} of the ${set} images`
  const tick = (share: number) =>
    svg('path', {
      d: `M${frame.x(share * 100)},${y - 7}v14`,
      stroke: fill,
      'stroke-width': 2.5,
      'data-say': say('validation', share),
    })
  return [
    svg('path', { d: `M${from},${y}H${to}`, stroke: fill, 'stroke-width': 2, 'stroke-dasharray': dash(series) }),
    // On paper, so that the paler point doesn't let the line through.
    svg('circle', { cx: to, cy: y, r: 5, fill: 'var(--paper)' }),
    svg('circle', { cx: to, cy: y, r: 5, fill, 'fill-opacity': 0.45, 'data-say': say('training', train) }),
    ...(validation === null ? [] : [tick(validation)]),
    svg('circle', { cx: from, cy: y, r: 5, fill, 'data-say': say('test', mean) }),
    ...testSeeds.map((test) => svg('circle', { cx: frame.x(test * 100), cy: y + 10, r: 1.8, fill, 'fill-opacity': 0.7 })),
  ]
}

function pointNames({ series, accuracy }: GapRow, y: number, frame: Frame, size: number): SVGElement[] {
  if (!accuracy) return []
  const names = (['test', 'validation', 'train'] as const).flatMap((name) => {
    const value = accuracy[name]
    return value === null ? [] : [{ words: name === 'train' ? 'training' : name, x: frame.x(value * 100) }]
  })
  const places = spreadLabels(
    names.map(({ x }) => x),
    names.map(({ words }) => textWidth(words, size) + 10),
    [frame.left - 30, frame.right + 30],
  )
  return names.map(({ words }, i) => text(places[i]!, y, words, { 'text-anchor': 'middle', fill: textHue(series) }))
}

/**
 * Accuracy on training (paler), validation (stroke) and test images (point) of each experiment, dropout off; the length of the line
 * is the generalisation gap, also in figures.
 */
export function generalisationGap(rows: readonly GapRow[], options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const rowHeight = narrow ? 48 : 34
  const y = (i: number) => header + (i + (narrow ? 0.7 : 0.5)) * rowHeight
  const values = rows.flatMap(({ accuracy, testSeeds = [] }) =>
    accuracy ? [accuracy.train, accuracy.test, accuracy.validation ?? accuracy.test].concat(testSeeds).map((v) => v * 100) : [],
  )
  const axis = paddedAxis(values, narrow ? 5 : 8)
  const names = narrow ? 16 : Math.max(...rows.map((row) => textWidth(row.series.title, size, 'semibold'))) + 40
  const gap = ({ accuracy }: GapRow) => (accuracy ? `${fixed((accuracy.train - accuracy.test) * 100, 1)} points` : 'not run yet')
  const height = header + rows.length * rowHeight + 6 + axisHeight
  return plotChart(
    {
      height,
      marginLeft: names,
      marginRight: narrow ? 24 : 104,
      marginTop: header,
      marginBottom: axisHeight,
      x: { domain: axis.domain },
      y: { domain: [0, 1], axis: null },
      marks: [
        ...valueAxis(axis, 'x', 'accuracy, %', String),
        drawn((frame) =>
          rows.map((row, i) => {
            const nameY = narrow ? y(i) - 20 : y(i)
            return ofSeries(
              row.series,
              text(0, nameY, row.series.title, { 'text-anchor': 'start', fill: textHue(row.series), class: 'strong' }),
              text(width, nameY, gap(row), { 'text-anchor': 'end', fill: row.accuracy ? 'var(--ink)' : 'var(--ink-soft)' }),
              ...points(row, y(i), frame),
            )
          }),
        ),
        drawn((frame) => [
          text(width, narrow ? 6 : header - 12, 'training − test', { 'text-anchor': 'end', fill: 'var(--ink-soft)' }),
          ...pointNames(rows[0]!, narrow ? 26 : header - 12, frame, size),
        ]),
      ],
    },
    options,
  )
}
