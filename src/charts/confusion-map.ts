import * as Plot from '@observablehq/plot'
import type { CharacterClass } from '../../experiments/dataset/kmnist.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { count, decimal } from './format.ts'
import { drawn, plotChart, type Frame } from './plot-chart.ts'
import { classBand } from './readable.ts'
import { className, classNamesWidth, classWords, fontSize, svg, text } from './svg.ts'

/** The strongest tint of an error: pale enough that figures in ink stay readable on it (at least 4.5 : 1 in both schemes; tested). */
export const strongestTint = 0.5

/** Images, which may be means over seeds: whole ones, and "<1" for fewer than half of one. */
const images = (value: number) => (value < 0.5 ? '<1' : count(value))

/** The share of each class recognised, at the rows' ends. */
const recalls = (confusion: readonly (readonly number[])[], right: number, head: number, frame: Frame): SVGElement[] => [
  text(right, head - 10, 'recall', { 'text-anchor': 'end', class: 'strong' }),
  ...confusion.map((row, i) => {
    const all = row.reduce((a, b) => a + b, 0)
    const recall = all === 0 ? '–' : decimal(row[i]! / all, 3)
    return text(right, frame.y(i), recall, { 'text-anchor': 'end', fill: 'var(--ink-soft)' })
  }),
]

/** The outlines of all cells, in one path. */
function grid(lines: number, side: number, rowHeight: number, { left, right, top, bottom }: Frame): SVGElement {
  const each = Array.from({ length: lines + 1 }, (_, i) => i)
  const d = [
    ...each.map((i) => `M${left},${top + i * rowHeight}H${right}`),
    ...each.map((i) => `M${left + i * side},${top}V${bottom}`),
  ]
  return svg('path', { d: d.join(''), stroke: 'var(--rule)', fill: 'none' })
}

interface Confusions {
  classes: readonly CharacterClass[]
  confusion: readonly (readonly number[])[]
  /** The count of errors that has the strongest tint: of several matrices, to be compared; this one's most frequent if absent. */
  most?: number | undefined
  /** The cells ("2-3") whose characters are shown elsewhere; all if absent. */
  leads?: ReadonlySet<string> | undefined
}

/**
 * The confusion matrix, rows the true class, columns the predicted one. Only errors are tinted; right answers, most of all, are written
 * in their outlined cells. Counts may be means over seeds.
 */
export function confusionMap({ classes, confusion, most, leads }: Confusions, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const names = classNamesWidth(classes, size) + 8
  const side = Math.min((width - names - (narrow ? 1 : 64)) / classes.length, 58)
  const rowHeight = narrow ? side : Math.min(side, 34)
  const head = 66
  const cells = confusion.flatMap((row, truth) => row.map((value, predicted) => ({ truth, predicted, value })))
  const errors = cells.filter(({ truth, predicted }) => truth !== predicted)
  const strongest = Math.max(1, most ?? 0, ...errors.map(({ value }) => value))
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
      // Unrounded, as the grid is: Plot's whole pixels would leave the tints beside their cells.
      x: { type: 'band', domain: indices, axis: null, padding: 0, round: false },
      y: { type: 'band', domain: indices, axis: null, padding: 0, round: false },
      marks: [
        drawn((frame) => [
          grid(classes.length, side, rowHeight, frame),
          ...indices.map((i) => classBand(i, 0, frame.y(i) - rowHeight / 2, right, rowHeight)),
          ...cells
            .filter(({ value }) => value > 0)
            .map(({ truth, predicted, value }) =>
              svg('rect', {
                x: frame.x(predicted) - side / 2 + 0.5,
                y: frame.y(truth) - rowHeight / 2 + 0.5,
                width: side - 1,
                height: rowHeight - 1,
                ...(truth === predicted
                  ? { fill: 'none', 'data-say': `${classWords(classes[truth]!)} read right: ${images(value)}` }
                  : {
                      fill: 'var(--accent)',
                      'fill-opacity': (strongestTint * value) / strongest,
                      'data-say': `${classWords(classes[truth]!)} read as ${classWords(classes[predicted]!)}: ${images(value)}`,
                      'data-cell': leads && !leads.has(`${truth}-${predicted}`) ? undefined : `${truth}-${predicted}`,
                    }),
                'data-class': truth,
              }),
            ),
        ]),
        Plot.text(
          errors.filter(({ value }) => value > 0),
          { x: 'predicted', y: 'truth', text: ({ value }: { value: number }) => images(value) },
        ),
        Plot.text(
          cells.filter(({ truth, predicted }) => truth === predicted),
          {
            x: 'predicted',
            y: 'truth',
            text: ({ value }: { value: number }) => String(Math.round(value)),
            fill: 'var(--ink-soft)',
          },
        ),
        drawn((frame) => [
          ...indices.map((i) => className(0, frame.y(i), classes[i]!, 'start')),
          ...indices.flatMap((i) => [
            svg('text', { x: frame.x(i), y: 32, 'text-anchor': 'middle', class: 'kana', lang: 'ja' }, classes[i]!.character),
            text(frame.x(i), 44, classes[i]!.romanisation, { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
            text(frame.x(i), 57, String(i), { 'text-anchor': 'middle', fill: 'var(--ink-soft)' }),
          ]),
          ...(narrow ? [] : recalls(confusion, width, head, frame)),
          text(0, head - 10, 'true', { 'text-anchor': 'start', class: 'strong' }),
          text((frame.left + frame.right) / 2, 8, 'predicted', { 'text-anchor': 'middle', class: 'strong' }),
        ]),
      ],
    },
    options,
  )
}
