import * as Plot from '@observablehq/plot'
import { wideWidth, type ChartOptions } from './chart-options.ts'
import { document, finishSvg, fontSize, svg } from './svg.ts'

/** Where a plot's data lie, in pixels of the drawing. */
export interface Frame {
  x: (value: number | string) => number
  y: (value: number | string) => number
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * A mark drawn by hand in the plot's own scales: for labels that must see each other. Band scales give the middle of the band.
 */
export const drawn = (draw: (frame: Frame) => SVGElement[]): Plot.Markish => {
  const render: Plot.RenderFunction = (_index, scales, _values, dimensions) => {
    const { width, height, marginLeft, marginRight, marginTop, marginBottom } = dimensions
    const at = (scale: ((value: unknown) => number) | undefined, name: string) => {
      if (!scale) throw new Error(`the plot has no ${name} scale to draw by`)
      const half = ((scale as unknown as { bandwidth?: () => number }).bandwidth?.() ?? 0) / 2
      return (value: number | string) => scale(value) + half
    }
    const frame: Frame = {
      x: (value) => at(scales.x as never, 'x')(value),
      y: (value) => at(scales.y as never, 'y')(value),
      left: marginLeft,
      right: width - marginRight,
      top: marginTop,
      bottom: height - marginBottom,
    }
    return svg('g', {}, ...draw(frame))
  }
  return render
}

function plotElement(plot: Plot.PlotOptions, drawingWidth: number): SVGElement {
  const element = Plot.plot({ document, ...plot }) as unknown as SVGElement
  if (element.localName !== 'svg')
    throw new Error(`expected one <svg> of Plot, got <${element.localName}>: leave its title, caption and legends off`)
  element.setAttribute('font-size', String(fontSize(drawingWidth)))
  return element
}

/** Draws a plot and finishes its SVG for the page. */
export function plotChart(plot: Plot.PlotOptions & { height: number }, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  return finishSvg(plotElement({ ...plot, width }, width), plot.height, options)
}

/** A plot of its own and where it stands in the drawing. */
export interface Panel {
  left: number
  top: number
  plot: Plot.PlotOptions & { width: number; height: number }
  /** The experiment that the panel is about, for the page's script to highlight. */
  series?: string
}

/** Small multiples: several plots in one SVG, with marks of their own around them. */
export function panelChart(panels: readonly Panel[], around: SVGElement[], height: number, options: ChartOptions): string {
  const width = options.width ?? wideWidth
  const groups = panels.map(({ left, top, plot, series }) => {
    const element = plotElement(plot, width)
    const group = svg('g', { transform: `translate(${left},${top})`, 'text-anchor': 'middle', 'data-series': series })
    group.append(...element.childNodes)
    return group
  })
  return finishSvg(svg('svg', {}, ...groups, ...around), height, options)
}
