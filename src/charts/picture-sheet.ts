import { palette } from './palette.ts'
import { drawSheet, parseHex, type Raster, type Rgba } from './raster.ts'

/** Paper of its own, a shade below the page's in light, a cut-out in dark. */
const tilePaper = '#f0e9dc'

/**
 * A contact sheet of grey-level pictures of characters, ink on paper.
 * @param pictures bytes, 0 (paper) … 255 (ink), row by row, 28 × 28 if `pictureWidth` is not given
 * @param layout.paper the tiles' colour; null leaves them transparent, for a stylesheet to set behind or invert
 */
export function pictureSheet(
  pictures: readonly (Uint8Array | Uint8ClampedArray)[],
  layout: { columns: number; pictureWidth?: number; gutter?: number; ink?: string; paper?: string | null },
): Raster {
  const { columns, pictureWidth = 28, gutter = 2, ink = palette['--ink'].light, paper = tilePaper } = layout
  const pictureHeight = (pictures[0]?.length ?? 0) / pictureWidth
  const [dark, light] = [parseHex(ink), paper === null ? null : parseHex(paper)]
  const colour = (level: number): Rgba => {
    const share = level / 255
    if (!light) return [dark[0], dark[1], dark[2], share]
    const mix = (i: 0 | 1 | 2) => share * dark[i] + (1 - share) * light[i]
    return [mix(0), mix(1), mix(2), 1]
  }
  return drawSheet(pictures, { pictureWidth, pictureHeight, columns, gutter }, (picture, i) => colour(picture[i]!))
}
