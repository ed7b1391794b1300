import { drawSheet, type Raster } from './raster.ts'
import { packed } from './rgba.ts'
import { signedColour } from './signed-colour.ts'

/**
 * Pictures of signed weights on one scale centred at zero: kernels or a dense unit's weights.
 * @param pictures row by row, each `pictureWidth` × (its length / `pictureWidth`), all alike
 * @param layout.limit the size of weight with the strongest colour: see `signedLimit`; the same for sheets to be compared
 */
export function filterGrid(
  pictures: readonly Float32Array[],
  layout: { pictureWidth: number; columns: number; limit: number; gutter?: number },
): Raster {
  const { pictureWidth, columns, limit, gutter = 1 } = layout
  if (!(limit > 0)) throw new Error(`the scale of weights needs a limit above 0; found ${limit}`)
  const pictureHeight = (pictures[0]?.length ?? 0) / pictureWidth
  return drawSheet(pictures, { pictureWidth, pictureHeight, columns, gutter }, (picture, i) =>
    packed(signedColour(picture[i]!, limit)),
  )
}
