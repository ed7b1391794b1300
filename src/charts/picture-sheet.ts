import { palette } from './palette.ts'
import { drawSheet, type Raster } from './raster.ts'
import { packed, parseHex } from './rgba.ts'

/** A square of a picture to be framed. */
export interface MarkedSquare {
  x: number
  y: number
  size: number
}

/** Paper of its own, a shade below the page's in light, a cut-out in dark. */
const tilePaper = '#f0e9dc'

const frameColour = packed(parseHex(palette['--accent'].light))

/** Whether a pixel lies on the frame around a square. */
function isFrame({ x, y, size }: MarkedSquare, column: number, row: number): boolean {
  const [right, down] = [column - x, row - y]
  const inside = (at: number) => at >= -1 && at <= size
  const edge = (at: number) => at === -1 || at === size
  return inside(right) && inside(down) && (edge(right) || edge(down))
}

/**
 * A contact sheet of grey-level pictures of characters, ink on paper.
 * @param pictures bytes, 0 (paper) … 255 (ink), row by row, 28 × 28 if `pictureWidth` is not given
 * @param layout.marked a square of each picture, framed a pixel outside it
 */
export function pictureSheet(
  pictures: readonly (Uint8Array | Uint8ClampedArray)[],
  layout: {
    columns: number
    pictureWidth?: number
    gutter?: number
    group?: number
    marked?: readonly MarkedSquare[]
  },
): Raster {
  const { columns, pictureWidth = 28, gutter = 2, group, marked = [] } = layout
  const pictureHeight = (pictures[0]?.length ?? 0) / pictureWidth
  const [dark, light] = [parseHex(palette['--ink'].light), parseHex(tilePaper)]
  const colours = Uint32Array.from({ length: 256 }, (_, level) => {
    const mix = (i: 0 | 1 | 2) => (level / 255) * dark[i] + (1 - level / 255) * light[i]
    return packed([mix(0), mix(1), mix(2), 1])
  })
  const places = new Map(pictures.map((picture, place) => [picture, marked[place]]))
  return drawSheet(pictures, { pictureWidth, pictureHeight, columns, gutter, ...(group && { group }) }, (picture, i) => {
    const square = places.get(picture)
    return square && isFrame(square, i % pictureWidth, Math.floor(i / pictureWidth)) ? frameColour : colours[picture[i]!]!
  })
}
