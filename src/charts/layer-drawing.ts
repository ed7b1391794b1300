import { inputShape, type Layer } from '../../experiments/models/layers.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { count, percent, short } from './format.ts'
import { layerGroups } from './layer-groups.ts'
import { hue, type Series } from './series.ts'
import { finishSvg, svg, text, type Attributes } from './svg.ts'

interface Row {
  name: string
  shape: readonly number[]
  followedBy: readonly string[]
  parameters: number
  multiplyAdds: number
}

/** Width of the column of drawn shapes. */
const drawingWidth = 116

/** How tall and wide a shape is drawn: maps by their sides, depth a third of a pixel a channel; vectors by the cube root. */
function extent(shape: readonly number[]) {
  if (shape.length === 1) return { vector: true, width: Math.max(5, 3.3 * Math.cbrt(shape[0]!)), height: 9, depth: 0 }
  const [height, width, channels] = shape as [number, number, number]
  return { vector: false, width: width * 1.15, height: height * 1.15, depth: Math.max(2, channels * 0.34) }
}

/** A box of height × width × channels (seen from the upper right), or a bar for a vector, its middle at (x, y). */
function solid(shape: readonly number[], x: number, y: number, fill: string): SVGElement[] {
  const { vector, width, height, depth } = extent(shape)
  const face = (d: string, opacity: number) =>
    svg('path', { d, fill, 'fill-opacity': opacity, stroke: fill, 'stroke-linejoin': 'round' })
  const rise = depth * 0.5
  const [left, top] = [x - (width + depth) / 2, y - (height + rise) / 2 + rise]
  const front = face(`M${left},${top}h${width}v${height}h${-width}z`, vector ? 0.35 : 0.16)
  if (vector) return [front]
  return [
    front,
    face(`M${left},${top}l${depth},${-rise}h${width}l${-depth},${rise}z`, 0.08),
    face(`M${left + width},${top}l${depth},${-rise}v${height}l${-depth},${rise}z`, 0.4),
  ]
}

const shapeText = (shape: readonly number[]) => shape.map((n) => count(n)).join(' × ')

/** A figure with its share, and a bar of that share below. */
function amount(value: number, total: number, words: string, at: { x: number; y: number; width: number }, fill: Attributes) {
  const { x, y, width } = at
  if (value === 0) return []
  return [
    svg('rect', { x, y: y + 8, width, height: 5, fill: 'var(--rule)', 'fill-opacity': 0.6 }),
    svg('rect', { x, y: y + 8, width: Math.max(1, (width * value) / total), height: 5, ...fill }),
    text(x, y, words, { 'text-anchor': 'start' }),
    text(x + width, y, percent(value / total, 1), { 'text-anchor': 'end', fill: 'var(--ink-soft)' }),
  ]
}

/**
 * A model from input to output: each layer's result drawn as a box or bar, its name, output shape, parameters and multiply-adds of
 * one picture, with bars of their shares. Layers with weights are in the network's hue.
 */
export function layerDrawing(model: { series: Series; layers: readonly Layer[] }, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const narrow = isNarrow(width)
  const groups = layerGroups(model.layers)
  const rows: Row[] = [
    { name: 'Input', shape: inputShape, followedBy: [], parameters: 0, multiplyAdds: 0 },
    ...groups.map(({ name, followedBy, description }) => ({
      name,
      shape: description.outputShape,
      followedBy,
      parameters: description.parameters,
      multiplyAdds: description.multiplyAdds,
    })),
  ]
  const total = (key: 'parameters' | 'multiplyAdds') => rows.reduce((sum, row) => sum + row[key], 0)
  const [parameters, multiplyAdds] = [total('parameters'), total('multiplyAdds')]
  const words = drawingWidth + 14
  const barWidth = narrow ? width - words : 150
  const columns = { parameters: width - 2 * barWidth - 28, multiplyAdds: width - barWidth }
  const colour = { fill: hue(model.series) }
  const soft = { fill: 'var(--ink-soft)', 'fill-opacity': 0.7 }
  const parts: SVGElement[] = []
  let top = narrow ? 0 : 26
  let below: number | null = null
  for (const row of rows) {
    const { height: tall, depth } = extent(row.shape)
    const drawn = tall + depth * 0.5
    const figures = narrow && row.parameters > 0 ? 66 : 0
    const rowHeight = Math.max(drawn + 22, 50 + figures)
    const y = top + rowHeight / 2
    if (below !== null)
      parts.push(
        svg('path', {
          d: `M${drawingWidth / 2},${below + 3}V${y - drawn / 2 - 3}`,
          stroke: 'var(--ink-soft)',
          'stroke-opacity': 0.6,
        }),
      )
    below = y + drawn / 2
    const first = y - figures / 2 - 8
    parts.push(
      ...solid(row.shape, drawingWidth / 2, y, row.parameters > 0 ? hue(model.series) : 'var(--ink-soft)'),
      text(words, first, row.name, { 'text-anchor': 'start', class: 'strong' }),
      text(words, first + 17, [shapeText(row.shape), ...row.followedBy].join(', '), {
        'text-anchor': 'start',
        fill: 'var(--ink-soft)',
      }),
    )
    if (narrow)
      parts.push(
        ...amount(
          row.parameters,
          parameters,
          `${count(row.parameters)} parameters`,
          { x: words, y: first + 39, width: barWidth },
          colour,
        ),
        ...amount(
          row.multiplyAdds,
          multiplyAdds,
          `${short(row.multiplyAdds)} multiply-adds`,
          { x: words, y: first + 69, width: barWidth },
          soft,
        ),
      )
    else
      parts.push(
        ...amount(
          row.parameters,
          parameters,
          count(row.parameters),
          { x: columns.parameters, y: y - 5, width: barWidth },
          colour,
        ),
        ...amount(
          row.multiplyAdds,
          multiplyAdds,
          short(row.multiplyAdds),
          { x: columns.multiplyAdds, y: y - 5, width: barWidth },
          soft,
        ),
      )
    top += rowHeight
  }
  const heading = (x: number, y: number, title: string, sum: string) =>
    svg('text', { x, y, dy: '0.32em', 'text-anchor': 'start' }, svg('tspan', { class: 'strong' }, title), ` ${sum}`)
  parts.push(
    ...(narrow
      ? [
          heading(words, top + 10, 'In all', `${count(parameters)} parameters`),
          text(words, top + 28, `${short(multiplyAdds)} multiply-adds a picture`, { 'text-anchor': 'start' }),
        ]
      : [
          heading(columns.parameters, 8, 'parameters', count(parameters)),
          heading(columns.multiplyAdds, 8, 'multiply-adds', short(multiplyAdds)),
        ]),
  )
  return finishSvg(svg('svg', {}, ...parts), top + (narrow ? 40 : 4), options)
}
