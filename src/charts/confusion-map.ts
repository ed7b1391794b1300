import * as Plot from '@observablehq/plot'
import { isNarrow, wideWidth, type ChartOptions, type ClassName } from './chart-options.ts'
import { count } from './format.ts'
import { drawn, plotChart } from './plot-chart.ts'
import { className, fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

/** The strongest tint of an error: pale enough that figures in ink stay readable on it (at least 4.5 : 1 in both schemes; tested). */
export const strongestTint = 0.5

/**
 * The confusion matrix, rows the true class, columns the predicted one. Only errors are tinted, on a scale from none to the most
 * frequent error; right answers, most of all, are written in their outlined cells.
 */
export function confusionMap(
  data: { classes: readonly ClassName[]; confusion: readonly (readonly number[])[] },
  options: ChartOptions,
): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const { classes, confusion } = data
  const names = Math.max(...classes.map((name, i) => textWidth(`${name.kana} ${name.romanisation} ${i}`, size))) + 8
  const side = Math.min((width - names - 1) / classes.length, 46)
  const rowHeight = isNarrow(width) ? side : Math.min(side, 34)
  const head = 66
  const cells = confusion.flatMap((row, truth) => row.map((value, predicted) => ({ truth, predicted, value })))
  const errors = cells.filter(({ truth, predicted }) => truth !== predicted)
  const most = Math.max(1, ...errors.map(({ value }) => value))
  const right = names + side * classes.length
  const height = head + rowHeight * classes.length + 1
  const indices = classes.map((_, i) => i)
  return plotChart(
    {
      height,
      marginLeft: names,
      marginRight: width - right,
      marginTop: head,
      marginBottom: 1,
      x: { type: 'band', domain: indices, axis: null, padding: 0 },
      y: { type: 'band', domain: indices, axis: null, padding: 0 },
      marks: [
        Plot.cell(cells, { x: 'predicted', y: 'truth', stroke: 'var(--rule)', fill: 'none' }),
        Plot.cell(
          errors.filter(({ value }) => value > 0),
          {
            x: 'predicted',
            y: 'truth',
            fill: 'var(--accent)',
            fillOpacity: ({ value }: { value: number }) => (strongestTint * value) / most,
            inset: 0.5,
          },
        ),
        Plot.text(
          errors.filter(({ value }) => value > 0),
          { x: 'predicted', y: 'truth', text: ({ value }: { value: number }) => count(value) },
        ),
        Plot.text(
          cells.filter(({ truth, predicted }) => truth === predicted),
          { x: 'predicted', y: 'truth', text: ({ value }: { value: number }) => String(value), fill: 'var(--ink-soft)' },
        ),
        drawn((frame) => [
          ...indices.map((i) => className(0, frame.y(i), classes[i]!, i, 'start')),
          ...indices.flatMap((i) => [
            svg('text', { x: frame.x(i), y: 32, 'text-anchor': 'middle', class: 'kana' }, classes[i]!.kana),
            text(frame.x(i), 44, classes[i]!.romanisation, { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
            text(frame.x(i), 57, String(i), { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
          ]),
          text(0, head - 10, 'true', { 'text-anchor': 'start', class: 'strong' }),
          text((frame.left + frame.right) / 2, 8, 'predicted', { 'text-anchor': 'middle', class: 'strong' }),
        ]),
      ],
    },
    options,
  )
}
