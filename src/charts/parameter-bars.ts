import type { Layer } from '../../experiments/models/layers.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { percent, short } from './format.ts'
import { layerGroups } from './layer-groups.ts'
import { hue, textHue, type Series } from './series.ts'
import { finishSvg, fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

const rowHeight = 20
const head = 26
const titleHeight = 26

/** Parameters and multiply-adds of every layer with weights, of several models: one scale for all bars of a column. */
export function parameterBars(models: readonly { series: Series; layers: readonly Layer[] }[], options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const narrow = isNarrow(width)
  const blocks = models.map(({ series, layers }) => ({
    series,
    layers: layerGroups(layers)
      .filter(({ description }) => description.parameters > 0)
      .map(({ shortName, description: { parameters, multiplyAdds } }) => ({
        name: shortName,
        amounts: [parameters, multiplyAdds],
      })),
  }))
  const all = blocks.flatMap(({ layers }) => layers)
  const titles = narrow ? [] : models.map(({ series }) => textWidth(series.title, size, 'semibold'))
  const names = Math.max(...titles, ...all.map(({ name }) => textWidth(name, size))) + 12
  const gap = narrow ? 10 : 24
  const columnWidth = (width - names - gap) / 2
  // Beside the longest bar: its figure and, where there is room, its share of the model.
  const figures = narrow ? 48 : 92
  const columns = ['parameters', 'multiply-adds'].map((title, i) => ({
    title,
    left: names + i * (columnWidth + gap),
    perUnit: (columnWidth - figures) / Math.max(...all.map(({ amounts }) => amounts[i]!)),
  }))
  const parts = columns.map(({ title, left }) => text(left, 8, title, { 'text-anchor': 'start', fill: 'var(--ink-soft)' }))
  let y = head
  for (const { series, layers } of blocks) {
    const totals = [0, 1].map((i) => layers.reduce((sum, { amounts }) => sum + amounts[i]!, 0))
    const titleBeside = textWidth(series.title, size, 'semibold') < names - 8
    parts.push(text(0, y + 8, series.title, { 'text-anchor': 'start', fill: textHue(series), class: 'strong' }))
    // A title wider than the names' column pushes the totals to the next line.
    if (!titleBeside) y += rowHeight - 4
    for (const [i, { left }] of columns.entries())
      parts.push(text(left, y + 8, `${short(totals[i]!)} in all`, { 'text-anchor': 'start', class: 'strong' }))
    y += titleHeight
    for (const { name, amounts } of layers) {
      parts.push(text(0, y, name, { 'text-anchor': 'start' }))
      for (const [i, { left, perUnit }] of columns.entries()) {
        const length = Math.max(1, amounts[i]! * perUnit)
        const share = percent(amounts[i]! / totals[i]!)
        parts.push(
          svg('rect', { x: left, y: y - 6, width: length, height: 12, fill: hue(series) }),
          text(left + length + 5, y, narrow ? short(amounts[i]!) : `${short(amounts[i]!)}, ${share}`, { 'text-anchor': 'start' }),
        )
      }
      y += rowHeight
    }
    y += 8
  }
  return finishSvg(svg('svg', {}, ...parts), y - 4, options)
}
