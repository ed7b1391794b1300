import { encode } from 'fast-png'
import { channel } from './rgba.ts'

/**
 * A picture as PNG, with a palette where 256 colours suffice: a quarter of the bytes to compress.
 * @param pixels row by row, each `packed`
 */
export function encodePng(pixels: Uint32Array, width: number, height: number): Uint8Array {
  const size = { width, height, depth: 8 } as const
  // The format gives opacity to the first of the palette only, as many as are not opaque.
  const opaque = (colour: number) => Number(channel(colour, 3) === 255)
  const colours = [...coloursOf(pixels)].sort((a, b) => opaque(a) - opaque(b) || a - b)
  if (colours.length > 256) return encode({ ...size, channels: 4, data: inParts(pixels) })
  const parts = opaque(colours[0]!) ? 3 : 4
  return encode({
    ...size,
    channels: 1,
    data: placesIn(colours, pixels),
    palette: colours.map((colour) => Array.from({ length: parts }, (_, i) => channel(colour, i))),
  })
}

function inParts(pixels: Uint32Array): Uint8Array {
  const data = new Uint8Array(4 * pixels.length)
  for (let i = 0; i < data.length; i++) data[i] = channel(pixels[i >> 2]!, i & 3)
  return data
}

/** The different colours, or 257 of them. */
function coloursOf(pixels: Uint32Array): Set<number> {
  const colours = new Set<number>()
  let last: number | undefined
  for (let i = 0; i < pixels.length && colours.size <= 256; i++) {
    if (pixels[i] !== last) colours.add((last = pixels[i]!))
  }
  return colours
}

function placesIn(colours: readonly number[], pixels: Uint32Array): Uint8Array {
  const places = new Map(colours.map((colour, i) => [colour, i]))
  const data = new Uint8Array(pixels.length)
  for (let i = 0; i < pixels.length; i++) data[i] = i > 0 && pixels[i] === pixels[i - 1] ? data[i - 1]! : places.get(pixels[i]!)!
  return data
}
