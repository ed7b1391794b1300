import { wideWidth, type ChartOptions } from './chart-options.ts'
import { decimal } from './format.ts'
import { finishSvg, svg, text } from './svg.ts'

const steps = 41

/** The legend of signed weights: a bar from −limit to limit with its name, in steps of `signedColour`. */
export function signedScaleBar(limit: number, options: ChartOptions & { title: string }): string {
  const width = options.width ?? wideWidth
  const length = Math.min(220, width)
  const step = length / steps
  const bar = Array.from({ length: steps }, (_, i) => {
    const value = (2 * i) / (steps - 1) - 1
    const place = { x: i * step, y: 20, width: step, height: 10 }
    return [
      svg('rect', { ...place, fill: 'var(--zero)' }),
      svg('rect', { ...place, fill: value < 0 ? 'var(--negative)' : 'var(--positive)', 'fill-opacity': Math.abs(value) }),
    ]
  }).flat()
  const digits = Math.max(0, 1 - Math.floor(Math.log10(limit)))
  return finishSvg(
    svg(
      'svg',
      { 'shape-rendering': 'crispEdges' },
      text(0, 8, options.title, { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
      ...bar,
      text(0, 40, decimal(-limit, digits), { 'text-anchor': 'start' }),
      text(length / 2, 40, '0', { 'text-anchor': 'middle' }),
      text(length, 40, decimal(limit, digits), { 'text-anchor': 'end' }),
    ),
    50,
    options,
  )
}
