import { parseHTML } from 'linkedom'
import { expect } from 'vitest'
import { textWidth } from '../../src/charts/text-width.ts'

export interface TextBox {
  words: string
  left: number
  right: number
  top: number
  bottom: number
  size: number
}

interface State {
  x: number
  y: number
  anchor: string
  size: number
  semibold: boolean
}

const length = (value: string | null, size: number) =>
  value === null ? 0 : value.endsWith('em') ? Number.parseFloat(value) * size : Number.parseFloat(value)

function inherit(element: Element, state: State): State {
  const transform = element.getAttribute('transform') ?? ''
  if (/rotate|scale|matrix/.test(transform)) throw new Error(`text boxes are measured only where moved: ${transform}`)
  const [, x, y] = /translate\(([-\d.]+)[ ,]*([-\d.]+)?\)/.exec(transform) ?? []
  return {
    x: state.x + Number(x ?? 0),
    y: state.y + Number(y ?? 0),
    anchor: element.getAttribute('text-anchor') ?? state.anchor,
    size: Number.parseFloat(element.getAttribute('font-size') ?? String(state.size)),
    semibold: state.semibold || (element.getAttribute('class') ?? '').includes('strong'),
  }
}

/** The estimated boxes of all words in a chart: as drawn, from the baseline up to ascenders and down to descenders. */
export function textBoxes(chart: string): TextBox[] {
  const boxes: TextBox[] = []
  const walk = (element: Element, before: State) => {
    const state = inherit(element, before)
    if (element.localName !== 'text') {
      for (const child of element.children) walk(child, state)
      return
    }
    const words = element.textContent ?? ''
    if (words === '') return
    const { size, anchor } = state
    const width = textWidth(words, size, state.semibold ? 'semibold' : 'regular')
    const at = state.x + length(element.getAttribute('x'), size)
    const left = anchor === 'middle' ? at - width / 2 : anchor === 'end' ? at - width : at
    const baseline = state.y + length(element.getAttribute('y'), size) + length(element.getAttribute('dy'), size)
    boxes.push({ words, left, right: left + width, top: baseline - 0.66 * size, bottom: baseline + 0.18 * size, size })
  }
  const root = parseHTML(chart).document.querySelector('svg')!
  walk(root, { x: 0, y: 0, anchor: 'start', size: 16, semibold: false })
  return boxes
}

/** Pairs of words that overlap by more than half a pixel. */
const overlaps = (boxes: readonly TextBox[]): string[] =>
  boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5,
      )
      .map((b) => `“${a.words}” overlaps “${b.words}”`),
  )

const gap = 2
/** What every chart must be: readable on its width, no words over others or over the edge, and nothing a page must not carry. */
export function expectWellMade(chart: string, label: string): void {
  const root = parseHTML(chart).document.querySelector('svg')!
  expect(root.getAttribute('role')).toBe('img')
  expect(root.getAttribute('aria-label')).toBe(label)
  expect(root.querySelectorAll('[aria-label], [aria-hidden], style, [style], [id]').length).toBe(0)
  expect(chart).not.toMatch(/NaN|undefined|Infinity/)
  const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number) as [number, number, number, number]
  const boxes = textBoxes(chart)
  expect(boxes.length).toBeGreaterThan(0)
  expect(overlaps(boxes)).toEqual([])
  const outside = ({ left, right, top, bottom }: TextBox) =>
    left < -gap || right > width + gap || top < -gap || bottom > height + gap
  expect(boxes.filter(outside)).toEqual([])
  expect(Math.min(...boxes.map(({ size }) => size))).toBeGreaterThanOrEqual(12)
}

/** The words of a chart, each text element's in one string. */
export const wordsOf = (chart: string) => textBoxes(chart).map(({ words }) => words)
