/** Red, green, blue, 0…255, and opacity, 0…1. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

/** A colour as one number, `0xaabbggrr`. */
export const packed = ([red, green, blue, alpha]: Rgba): number =>
  (Math.round(red) | (Math.round(green) << 8) | (Math.round(blue) << 16) | (Math.round(alpha * 255) << 24)) >>> 0

/** Red, green, blue or opacity of a packed colour, 0…255: the inverse of `packed`. */
export const channel = (colour: number, i: number): number => (colour >>> (8 * i)) & 255

/** `#rrggbb` or `#rrggbbaa`. */
export function parseHex(colour: string): Rgba {
  const match = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(colour)
  if (!match) throw new Error(`expected a colour such as #0072b2, found ${colour}`)
  const [red, green, blue] = [0, 2, 4].map((i) => parseInt(match[1]!.slice(i, i + 2), 16)) as [number, number, number]
  return [red, green, blue, match[2] ? parseInt(match[2], 16) / 255 : 1]
}
