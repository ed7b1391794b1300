/**
 * Charts answer to pointer and keyboard: the value under the pointer, or that the arrow keys have come to, is written beside its mark
 * and said; its experiment or class is highlighted in every chart of the page; a cell of a confusion map leads to its characters.
 */
import { nearest, stopFrom, stopsOf, type Stop } from './chart-stops.ts'

const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']
/** Pixels of the drawing within which a mark answers. */
const reach = 24

function highlight(stop: Stop | undefined): void {
  for (const element of document.querySelectorAll<SVGElement>('.chart [data-series]'))
    element.classList.toggle('dim', stop?.series !== undefined && element.dataset['series'] !== stop.series)
  for (const element of document.querySelectorAll<SVGElement>('.chart .band, .chart text[data-class]'))
    element.classList.toggle('lit', stop?.class !== undefined && element.dataset['class'] === stop.class)
}

/** The page of the misread characters that a cell stands for. */
const cellAddress = (pair: HTMLElement, { cell }: Stop): string | undefined => {
  const page = pair.dataset['errors']
  if (!page || !cell) return undefined
  const [truth, predicted] = cell.split('-')
  return `${page}?true=${truth}&read=${predicted}#${cell}`
}

function enliven(pair: HTMLElement): void {
  const drawings = [...pair.querySelectorAll<SVGSVGElement>('svg.chart')]
  if (!drawings.some((svg) => svg.querySelector('[data-say], [data-axes]'))) return
  const known = new Map<SVGSVGElement, Stop[]>()
  /** The drawing that the place shows, and its stops. */
  const shown = () => {
    const svg = drawings.find((one) => one.getBoundingClientRect().width > 0)
    if (!svg) return undefined
    const stops = known.get(svg) ?? stopsOf(svg)
    known.set(svg, stops)
    return { svg, stops, scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width }
  }
  const value = document.createElement('output')
  // Never hidden, only empty: a screen reader says what comes into a region that it knows.
  value.className = 'chart-value'
  pair.append(value)
  const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle')
  ring.setAttribute('r', '7')
  ring.setAttribute('class', 'ring')
  let at: Stop | undefined
  /** Hidden by Escape while the pointer is on it. */
  let dismissed: Stop | undefined

  function show(stop: Stop | undefined): void {
    if (stop === at) return
    at = stop
    highlight(stop)
    value.textContent = stop?.words ?? ''
    pair.classList.toggle('leads', Boolean(stop && cellAddress(pair, stop)))
    const drawing = shown()
    if (!stop || !drawing) return ring.remove()
    const { svg, scale } = drawing
    if (stop.cell || stop.element.localName === 'rect') ring.remove()
    else {
      ring.setAttribute('cx', String(stop.x))
      ring.setAttribute('cy', String(stop.y))
      svg.append(ring)
    }
    const room = pair.clientWidth - value.offsetWidth
    value.style.left = `${Math.max(0, Math.min(room, stop.x * scale - value.offsetWidth / 2))}px`
    value.style.top = `${stop.y * scale - value.offsetHeight - 12}px`
  }

  const under = (event: MouseEvent): Stop | undefined => {
    const drawing = shown()
    if (!drawing) return undefined
    const { svg, stops, scale } = drawing
    const mark = stops.find(({ element }) => element === event.target)
    const box = svg.getBoundingClientRect()
    return mark ?? nearest(stops, (event.clientX - box.left) / scale, (event.clientY - box.top) / scale, reach)
  }
  const go = (stop: Stop | undefined) => {
    const address = stop && cellAddress(pair, stop)
    if (address) location.assign(address)
  }

  pair.tabIndex = 0
  pair.setAttribute('role', 'application')
  pair.setAttribute('aria-roledescription', 'chart')
  // In an application a screen reader does not read the drawing, whose name is the finding.
  const finding = pair.querySelector('svg[aria-label]')?.getAttribute('aria-label') ?? ''
  pair.setAttribute(
    'aria-label',
    `${finding} Values: arrow keys move through them${pair.dataset['errors'] ? ', Enter opens the misread characters' : ''}, Escape hides them`.trim(),
  )
  pair.addEventListener('pointermove', (event) => {
    const stop = under(event)
    if (stop && stop === dismissed) return
    dismissed = undefined
    show(stop)
  })
  pair.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse' && document.activeElement !== pair) show(undefined)
  })
  pair.addEventListener('click', (event) => {
    const before = at
    const stop = under(event)
    show(stop)
    // On touch the first tap says the value, the second follows.
    if (event instanceof PointerEvent && event.pointerType === 'touch' && before !== stop) return
    go(stop)
  })
  pair.addEventListener('blur', () => show(undefined))
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !at) return
    dismissed = at
    show(undefined)
  })
  pair.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') go(at)
    else if (keys.includes(event.key)) {
      event.preventDefault()
      show(stopFrom(shown()?.stops ?? [], at, event.key))
    }
  })
}

for (const pair of document.querySelectorAll<HTMLElement>('.chart-pair')) enliven(pair)
