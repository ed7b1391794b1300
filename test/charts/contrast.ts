import type { Rgba } from '../../src/charts/rgba.ts'

const linear = (level: number) => (level / 255 <= 0.04045 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4)

/** Relative luminance by WCAG 2. */
const luminance = ([red, green, blue]: Rgba) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

/** Contrast ratio by WCAG 2: 1…21. */
export function contrast(a: Rgba, b: Rgba): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** A translucent colour laid over an opaque one. */
export function over([red, green, blue, alpha]: Rgba, [r, g, b]: Rgba): Rgba {
  const mix = (top: number, below: number) => alpha * top + (1 - alpha) * below
  return [mix(red, r), mix(green, g), mix(blue, b), 1]
}
