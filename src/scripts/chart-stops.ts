/** A place of a chart that has a value to say; x and y in the drawing's own pixels. */
export interface Stop {
  x: number
  y: number
  words: string
  /** The mark, or the group of lines that it is read off. */
  element: SVGGraphicsElement
  series: string | undefined
  class: string | undefined
  /** "2-3": a cell of a confusion map, true class and predicted. */
  cell: string | undefined
}

const inDrawing = (element: SVGGraphicsElement, x: number, y: number): { x: number; y: number } => {
  const drawing = element.ownerSVGElement!.getScreenCTM()!
  const point = new DOMPoint(x, y).matrixTransform(drawing.inverse().multiply(element.getScreenCTM()!))
  // A DOMPoint's coordinates are not its own properties: spread, it would be empty.
  return { x: point.x, y: point.y }
}

function markStop(element: SVGGraphicsElement): Stop {
  const box = element.getBBox()
  return {
    ...inDrawing(element, box.x + box.width / 2, box.y + box.height / 2),
    words: element.dataset['say']!,
    element,
    series: element.closest<SVGElement>('[data-series]')?.dataset['series'],
    class: element.dataset['class'],
    cell: element.dataset['cell'],
  }
}

const vertices = (path: Element): { x: number; y: number }[] =>
  [...path.getAttribute('d')!.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))

/** A stop at every point of the last line of a group; its words say what all lines have there. */
function lineStops(group: SVGGraphicsElement): Stop[] {
  const [left, right, firstX, lastX, bottom, top, lowest, highest] = group.dataset['axes']!.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const percent = group.dataset['unit'] === '%'
  const share = (pixel: number) => (pixel - left) / (right - left)
  const xValue = (pixel: number) =>
    'log' in group.dataset ? firstX * (lastX / firstX) ** share(pixel) : firstX + share(pixel) * (lastX - firstX)
  const yText = (pixel: number) => {
    const value = lowest + ((pixel - bottom) / (top - bottom)) * (highest - lowest)
    return percent ? `${(value * 100).toFixed(1)}\u00a0%` : value.toFixed(3).replace(/^0/, '')
  }
  const panel = group.closest<SVGElement>('[data-series]')
  const title = panel?.querySelector('text.strong')?.textContent
  const lines = [...group.querySelectorAll<SVGPathElement>('[data-line]')].map((path) => ({
    name: path.dataset['line']!,
    points: vertices(path),
  }))
  return (lines.at(-1)?.points ?? []).map((point) => {
    const values = lines
      .toReversed()
      .flatMap(({ name, points }) => points.filter(({ x }) => x === point.x).map(({ y }) => `${name} ${yText(y)}`))
    const where = `${group.dataset['x']} ${Math.round(xValue(point.x))}`
    return {
      ...inDrawing(group, point.x, point.y),
      words: `${title ? `${title}, ` : ''}${where}: ${values.join(', ')}`,
      element: group,
      series: panel?.dataset['series'],
      class: undefined,
      cell: undefined,
    }
  })
}

/** Everything in a chart that has a value, in the order in which arrow keys go through it. */
export const stopsOf = (svg: SVGSVGElement): Stop[] =>
  [...svg.querySelectorAll<SVGGraphicsElement>('[data-say], [data-axes]')].flatMap((element) =>
    'axes' in element.dataset ? lineStops(element) : [markStop(element)],
  )

/** The stop nearest to a place, if one is within reach. */
export function nearest(stops: readonly Stop[], x: number, y: number, reach: number): Stop | undefined {
  let best: { stop: Stop; distance: number } | undefined
  for (const stop of stops) {
    const distance = Math.hypot(stop.x - x, stop.y - y)
    if (distance <= reach && (!best || distance < best.distance)) best = { stop, distance }
  }
  return best?.stop
}

/** Where an arrow key leads: sideways to the neighbour in order, up and down to the nearest stop of another row. */
export function stopFrom(stops: readonly Stop[], at: Stop | undefined, key: string): Stop | undefined {
  if (key === 'End') return stops.at(-1)
  if (!at || key === 'Home') return stops[0]
  const place = stops.indexOf(at)
  if (key === 'ArrowRight') return stops[place + 1] ?? at
  if (key === 'ArrowLeft') return stops[place - 1] ?? at
  const direction = key === 'ArrowDown' ? 1 : -1
  // A line goes up and down by itself: the next row is another panel's.
  const others = stops.filter(
    (stop) => (stop.y - at.y) * direction > 4 && (!('axes' in at.element.dataset) || stop.element !== at.element),
  )
  const cost = (stop: Stop) => Math.abs(stop.y - at.y) + 3 * Math.abs(stop.x - at.x)
  return others.reduce<Stop | undefined>((best, stop) => (!best || cost(stop) < cost(best) ? stop : best), undefined) ?? at
}
