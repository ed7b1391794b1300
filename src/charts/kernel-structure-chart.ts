import * as Plot from '@observablehq/plot'
import { mean } from 'd3-array'
import type { KernelStructure } from '../../experiments/statistics/kernel-structure.ts'
import { ticksWithin, valueAxis, type Axis } from './axes.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { percent } from './format.ts'
import { drawn, panelChart, type Frame, type Panel } from './plot-chart.ts'
import { hue, textHue, type Series } from './series.ts'
import { spreadLabels } from './spread-labels.ts'
import { fontSize, svg, text } from './svg.ts'
import { textWidth } from './text-width.ts'

const parts: { title: string; share: (structure: KernelStructure) => number }[] = [
  { title: 'even grey', share: ({ mean }) => mean },
  { title: 'edges', share: ({ edgeX, edgeY }) => edgeX + edgeY },
  { title: 'blur', share: ({ blur }) => blur },
  { title: 'all of these', share: ({ mean, edgeX, edgeY, blur }) => mean + edgeX + edgeY + blur },
]

/** The share of values in each of `bins` equal bins of 0…1, as the steps of an outline. */
export function histogramSteps(values: readonly number[], bins: number): { x: number; y: number }[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]!++
  return [
    { x: 0, y: 0 },
    ...counts.flatMap((count, i) => [i / bins, (i + 1) / bins].map((x) => ({ x, y: count / values.length }))),
    { x: 1, y: 0 },
  ]
}

/** The mean of each kind: a stroke up to its figure, the figures kept apart; named where `named`. */
function means(
  kinds: { words: string; value: number; fill: string }[],
  frame: Frame,
  size: number,
  named: boolean,
): SVGElement[] {
  const labels = kinds.map(({ words, value }) => (named ? [words, percent(value)] : [percent(value)]))
  const places = spreadLabels(
    kinds.map(({ value }) => frame.x(value)),
    labels.map((lines) => Math.max(...lines.map((line) => textWidth(line, size))) + 8),
    [frame.left - 4, frame.right + 8],
  )
  const y = frame.top - 12
  return kinds.flatMap(({ value, fill }, i) => [
    svg('path', { d: `M${places[i]!},${y + 8}L${frame.x(value)},${frame.top + 4}V${frame.bottom}`, stroke: fill, fill: 'none' }),
    ...labels[i]!.map((line, n) =>
      text(places[i]!, y - (labels[i]!.length - 1 - n) * 15, line, { 'text-anchor': 'middle', fill }),
    ),
  ])
}

/**
 * How much of 3 × 3 kernels lies in each low-order direction (`kernelStructure`): histograms of the kernels' shares of energy,
 * trained (filled) and untrained (outline), with their means.
 */
export function kernelStructureChart(
  data: { series: Series; trained: readonly KernelStructure[]; untrained: readonly KernelStructure[] },
  options: ChartOptions,
): string {
  const { series, trained, untrained } = data
  const width = options.width ?? wideWidth
  const size = fontSize(width)
  const columns = isNarrow(width) ? 2 : 4
  const bins = trained.length < 200 ? 10 : 25
  const [labels, gap, foot] = [32, 34, 24]
  // The first row of panels has a line more, for the names of the kinds.
  const head = (row: number) => (row === 0 ? 60 : 45)
  const panelHeight = (row: number) => head(row) + 110 + foot
  const panelWidth = (width - labels - gap * (columns - 1) - 14) / columns
  const top = 18
  const steps = parts.map(({ share }) => ({
    trained: histogramSteps(trained.map(share), bins),
    untrained: histogramSteps(untrained.map(share), bins),
  }))
  const most = Math.max(...steps.flatMap((each) => [...each.trained, ...each.untrained].map(({ y }) => y)))
  const xAxis: Axis = { domain: [0, 1], ticks: [0, 0.5, 1] }
  const yAxis: Axis = { domain: [0, most], ticks: ticksWithin(0, most, 4) }
  const inPercent = (tick: number) => String(Math.round(tick * 100))
  const panels = parts.map(({ title, share }, i): Panel => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const marginLeft = column === 0 ? labels : 0
    const kinds = [
      { words: 'untrained', value: mean(untrained, share)!, fill: 'var(--ink-soft)' },
      { words: 'trained', value: mean(trained, share)!, fill: textHue(series) },
    ]
    const outline = { x: 'x', y: 'y', curve: 'linear' } as const
    return {
      left: column === 0 ? 0 : labels + column * (panelWidth + gap),
      top: top + (row === 0 ? 0 : panelHeight(0) + 8),
      plot: {
        width: panelWidth + marginLeft + 14,
        height: panelHeight(row),
        marginLeft,
        marginRight: 14,
        marginTop: head(row),
        marginBottom: foot,
        x: { domain: xAxis.domain },
        y: { domain: yAxis.domain },
        marks: [
          ...valueAxis(yAxis, 'y', null, column === 0 ? inPercent : () => ''),
          ...valueAxis(xAxis, 'x', null, inPercent),
          Plot.areaY(steps[i]!.trained, { x: 'x', y1: 0, y2: 'y', fill: hue(series), fillOpacity: 0.3 }),
          Plot.line(steps[i]!.trained, { ...outline, stroke: hue(series), strokeWidth: 1.25 }),
          Plot.line(steps[i]!.untrained, { ...outline, stroke: 'var(--ink-soft)', strokeWidth: 1.25 }),
          drawn((frame) => [
            text(frame.left, 10, title, { 'text-anchor': 'start', class: 'strong' }),
            ...means(kinds, frame, size, i === 0),
          ]),
        ],
      },
    }
  })
  const height = top + panelHeight(0) + (columns < parts.length ? panelHeight(1) + 8 : 0) + 22
  return panelChart(
    panels,
    [
      text(0, 8, 'kernels, %', { 'text-anchor': 'start', fill: 'var(--ink-soft)' }),
      text(labels + (width - labels) / 2, height - 8, 'share of a kernel’s energy, %', {
        'text-anchor': 'middle',
        fill: 'var(--ink-soft)',
      }),
    ],
    height,
    options,
  )
}
