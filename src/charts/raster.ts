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

/** Red, green, blue, 0…255, and opacity, 0…1. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

/** A colour as one number, `0xaabbggrr`. */
export const packed = ([red, green, blue, alpha]: Rgba): number =>
  (Math.round(red) | (Math.round(green) << 8) | (Math.round(blue) << 16) | (Math.round(alpha * 255) << 24)) >>> 0

/** `#rrggbb` or `#rrggbbaa`. */
export function parseHex(colour: string): Rgba {
  const match = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(colour)
  if (!match) throw new Error(`expected a colour such as #0072b2, found ${colour}`)
  const [red, green, blue] = [0, 2, 4].map((i) => parseInt(match[1]!.slice(i, i + 2), 16)) as [number, number, number]
  return [red, green, blue, match[2] ? parseInt(match[2], 16) / 255 : 1]
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
