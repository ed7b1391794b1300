import { encodePng } from './encode-png.ts'

/** A sheet of small pictures as PNG, and where each lies in it. */
export interface Raster {
  png: Uint8Array
  /** Pixels of the PNG: one a weight or grey level, gutters between pictures transparent. Show it at whole multiples, class `raster`. */
  width: number
  height: number
  /** Top left corner of the picture at a place in the sheet, counted row by row. */
  at: (place: number) => { x: number; y: number }
}

export interface SheetLayout {
  /** Pixels of one picture. */
  pictureWidth: number
  pictureHeight: number
  columns: number
  /** Pixels between pictures, and around the sheet: none. */
  gutter: number
  /** Columns that belong together: between groups lies twice a gutter more. */
  group?: number
}

/**
 * Lays pictures out row by row and colours each of their values.
 * @param colour as one number: see `packed`
 */
export function drawSheet<Picture extends { readonly length: number }>(
  pictures: readonly Picture[],
  { pictureWidth, pictureHeight, columns, gutter, group = Infinity }: SheetLayout,
  colour: (picture: Picture, index: number) => number,
): Raster {
  if (pictures.length === 0) throw new Error('a sheet needs at least one picture')
  const used = Math.min(columns, pictures.length)
  const rows = Math.ceil(pictures.length / columns)
  const at = (place: number) => ({
    x: (place % columns) * (pictureWidth + gutter) + Math.floor((place % columns) / group) * 2 * gutter,
    y: Math.floor(place / columns) * (pictureHeight + gutter),
  })
  const [width, height] = [at(used - 1).x + pictureWidth, rows * (pictureHeight + gutter) - gutter]
  const pixels = new Uint32Array(width * height)
  pictures.forEach((picture, place) => {
    if (picture.length !== pictureWidth * pictureHeight)
      throw new Error(`picture ${place} has ${picture.length} values; ${pictureWidth} × ${pictureHeight} were expected`)
    const { x, y } = at(place)
    for (let i = 0; i < picture.length; i++)
      pixels[(y + Math.floor(i / pictureWidth)) * width + x + (i % pictureWidth)] = colour(picture, i)
  })
  return { png: encodePng(pixels, width, height), width, height, at }
}
