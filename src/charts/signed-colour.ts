import { palette } from './palette.ts'
import { parseHex, type Rgba } from './rgba.ts'

const [negative, zero, positive] = [palette['--negative'], palette['--zero'], palette['--positive']].map(({ light }) =>
  parseHex(light),
) as [Rgba, Rgba, Rgba]

/**
 * The one scale of signed weights: purple below zero, ochre above (far apart in red-green colour blindness, less so in tritanopia),
 * more opaque with size, over a faint grey that is zero: so it fits light and dark paper alike. Beyond ±`limit` the colour stays.
 */
export function signedColour(value: number, limit: number): Rgba {
  const strength = Math.min(1, Math.abs(value) / limit)
  const hue = value < 0 ? negative : positive
  const alpha = strength + (1 - strength) * zero[3]
  const mix = (i: 0 | 1 | 2) => (strength * hue[i] + (1 - strength) * zero[3] * zero[i]) / alpha
  return [mix(0), mix(1), mix(2), alpha]
}
