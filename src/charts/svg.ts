import { parseHTML } from 'linkedom'
import type { CharacterClass } from '../../experiments/dataset/kmnist.ts'
import { isNarrow, wideWidth, type ChartOptions } from './chart-options.ts'
import { textWidth } from './text-width.ts'

/** A document to build SVG in, at build time. */
export const { document } = parseHTML('<html><body></body></html>') as unknown as { document: Document }

export type Attributes = Record<string, string | number | undefined>

const round = (value: string | number) => (typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)

/** An SVG element with attributes (numbers to a hundredth of a pixel; undefined ones left out) and children. */
export function svg(name: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, round(value))
  element.append(...children)
  return element
}

const openStyle = { fill: 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 1.5 }

/** The mark of the original's published values; `say` is its value in words. */
export const openCircle = (cx: number, cy: number, r: number, say?: string) =>
  svg('circle', { cx, cy, r, ...openStyle, 'data-say': say })

/** The same in one path, to a tenth of a pixel: hundreds of them weigh little more than half of as many elements. */
export const openCircles = (places: readonly { x: number; y: number }[], r: number) =>
  svg('path', {
    d: places
      .map(({ x, y }) => `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`)
      .join(''),
    ...openStyle,
  })

/** Text sizes: charts are drawn for the width they are shown at, and scaled down a little where the place is smaller. */
export const fontSize = (width: number) => (isNarrow(width) ? 12.5 : 13)

/**
 * Turns a drawn `<svg>` into the string a page includes: role and alternative text, scaling by viewBox, no inline style (the
 * site's content security policy forbids it; `charts.css` has the rules), and none of Plot's inner aria-labels.
 */
export function finishSvg(element: SVGElement, height: number, { label, width = wideWidth }: ChartOptions): string {
  for (const style of element.querySelectorAll('style')) style.remove()
  for (const words of element.querySelectorAll('text')) if (words.textContent === '') words.remove()
  for (const part of element.querySelectorAll('*'))
    for (const name of ['aria-label', 'aria-hidden', 'aria-description', 'style']) part.removeAttribute(name)
  for (const name of ['font-family', 'style', 'height']) element.removeAttribute(name)
  const attributes: Attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'chart',
    role: 'img',
    'aria-label': label,
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width: '100%',
    fill: 'currentColor',
    'font-size': fontSize(width),
  }
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return withShortPlaces(element.outerHTML)
}

const longPlaces = / (?:[xy][12]?|c[xy]|d|width|height|transform)="[^"]*\.\d{3}[^"]*"/g

/** The same drawing with its places to a hundredth of a pixel: Plot writes every digit there is. */
const withShortPlaces = (drawing: string) =>
  drawing.replace(longPlaces, (attribute) => attribute.replace(/\d+\.\d{3,}/g, (digits) => String(round(Number(digits)))))

/** Text of a chart: by default black ink, middle of the line at y. */
export const text = (x: number, y: number, words: string, attributes: Attributes = {}) =>
  svg('text', { x, y, dy: '0.32em', ...attributes }, words)

/** お o 0: a class as charts write it, ending (or starting) at x. */
export const className = (x: number, y: number, { index, character, romanisation }: CharacterClass, anchor: 'start' | 'end') =>
  svg(
    'text',
    { x, y, dy: '0.32em', 'text-anchor': anchor, 'data-class': index },
    svg('tspan', { class: 'kana', lang: 'ja' }, character),
    svg('tspan', { fill: 'var(--ink-soft)' }, ` ${romanisation} ${index}`),
  )

/** お o 0: a class in one line of words. */
export const classWords = ({ index, character, romanisation }: CharacterClass): string => `${character} ${romanisation} ${index}`

/** Room that the longest class name takes. */
export const classNamesWidth = (classes: readonly CharacterClass[], size: number) =>
  Math.max(...classes.map((one) => textWidth(classWords(one), size)))
