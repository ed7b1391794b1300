import { Resvg } from '@resvg/resvg-js'
import { palette } from './palette.ts'
import { standaloneSvg } from './standalone-svg.ts'
import { svg } from './svg.ts'
import { wrapText } from './text-width.ts'

/** As large as sites show a link's picture (Open Graph). */
const previewSize = { width: 1200, height: 630 }
const edge = 56
const titleSize = 40

/** A chart with its title, and above them the name of the report, as the SVG of a picture. */
export function previewSvg({ kicker, title, chart }: { kicker: string; title: string; chart: string }): string {
  const { width, height } = previewSize
  const colour = (name: keyof typeof palette) => palette[name].light
  const lines = wrapText(title, width - 2 * edge, titleSize * 1.04)
  const top = 84 + lines.length * titleSize * 1.2
  const inside = standaloneSvg(chart, 'light')
  const [, , chartWidth, chartHeight] = /viewBox="([^"]+)"/.exec(inside)![1]!.split(' ').map(Number)
  const scale = Math.min((width - 2 * edge) / chartWidth!, (height - top - 24) / chartHeight!)
  const serif = { 'font-family': 'Source Serif 4', 'font-weight': 600, 'font-size': 26, fill: colour('--accent') }
  const sans = { 'font-family': 'Source Sans 3', 'font-weight': 600, 'font-size': titleSize, fill: colour('--ink') }
  const frame = svg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height },
    svg('rect', { width, height, fill: colour('--paper') }),
    svg('rect', { width, height: 10, fill: colour('--accent') }),
    svg('text', { x: edge, y: 58, ...serif }, kicker),
    ...lines.map((line, i) => svg('text', { x: edge, y: 112 + i * titleSize * 1.2, ...sans }, line)),
  ).outerHTML
  const place = `x="${edge}" y="${Math.round(top)}" width="${Math.round(chartWidth! * scale)}" height="${Math.round(chartHeight! * scale)}"`
  const placed = inside.replace(/^<svg([^>]*)>/, (_, attributes: string) => {
    return `<svg${attributes.replace(/ (?:width|height)="[^"]*"/g, '')} ${place}>`
  })
  return frame.replace(/<\/svg>$/, `${placed}</svg>`)
}

/** The picture as PNG, drawn with the fonts in `fontFiles` alone, so that every machine draws the same. */
export const previewPng = (picture: string, fontFiles: string[]): Uint8Array =>
  new Resvg(picture, { font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Source Sans 3' } }).render().asPng()
