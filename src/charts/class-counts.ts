import type { CharacterClass } from '../../experiments/dataset/kmnist.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { count } from './format.ts'
import { classBand } from './readable.ts'
import { className, classNamesWidth, classWords, finishSvg, fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

const rowHeight = 20
const head = 24

/** Images of each class in each set (training, validation, test): bars on one scale, a column a set, every count written. */
export function classCounts(
  data: { classes: readonly CharacterClass[]; sets: readonly { name: string; counts: readonly number[] }[] },
  options: ChartOptions,
): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const names = classNamesWidth(data.classes, size) + 14
  const gap = isNarrow(width) ? 12 : 28
  const columns = data.sets.map(({ name, counts }) => ({
    name,
    counts,
    most: Math.max(...counts),
    figures: 6 + Math.max(...counts.map((value) => textWidth(count(value), size))),
  }))
  // What names, figures and gaps leave is shared out by the largest count of each set: one scale for all bars.
  const room = width - names - columns.reduce((sum, { figures }) => sum + figures, 0) - gap * (columns.length - 1)
  const perImage = room / columns.reduce((sum, { most }) => sum + most, 0)
  let left = names
  const bars = columns.flatMap(({ name, counts, most, figures }, column) => {
    const x = left
    left += most * perImage + figures + gap
    // A short column's name may be wider than it: the last one ends at the edge.
    const title =
      column === columns.length - 1
        ? text(width, 8, name, { 'text-anchor': 'end', class: 'strong' })
        : text(x, 8, name, { 'text-anchor': 'start', class: 'strong' })
    return [
      title,
      ...counts.flatMap((value, i) => {
        const y = head + (i + 0.5) * rowHeight
        return [
          svg('rect', {
            x,
            y: y - 6,
            width: value * perImage,
            height: 12,
            fill: 'var(--ink-soft)',
            'fill-opacity': 0.6,
            'data-say': `${name}, ${classWords(data.classes[i]!)}: ${count(value)}`,
            'data-class': i,
          }),
          text(x + value * perImage + 5, y, count(value), { 'text-anchor': 'start' }),
        ]
      }),
    ]
  })
  const labels = data.classes.flatMap((name, i) => [
    classBand(name.index, 0, head + i * rowHeight, width, rowHeight),
    className(0, head + (i + 0.5) * rowHeight, name, 'start'),
  ])
  const height = head + data.classes.length * rowHeight + 4
  return finishSvg(svg('svg', {}, ...labels, ...bars), height, options)
}
