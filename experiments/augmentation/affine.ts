/** An affine transform as Keras' ImageDataGenerator names its parts. */
export interface AffineParameters {
  /** Rotation, in degrees. */
  theta: number
  /** Shift along the columns, in pixels: Keras calls it the height's, but exchanges the axes before it transforms. */
  tx: number
  /** Shift along the rows, in pixels. */
  ty: number
  /** Shear, in degrees. */
  shear: number
  /** Zoom of the columns: above 1 the picture shrinks. */
  zx: number
  /** Zoom of the rows. */
  zy: number
}

export const identity: AffineParameters = { theta: 0, tx: 0, ty: 0, shear: 0, zx: 1, zy: 1 }

const side = 28
const centre = side / 2 - 0.5
const last = side - 1
const radians = Math.PI / 180

/**
 * Transforms one 28 × 28 picture as Keras 3's `apply_affine_transform` does (keras/src/legacy/preprocessing/image.py): every pixel of
 * the result looks up where it comes from, about the centre, by rotation · shift · shear · zoom; SciPy's `affine_transform` of order 1
 * (bilinear) and mode `nearest` (beyond the edge the edge pixel goes on).
 * @param source bytes; the picture's 784 begin at `sourceOffset`
 * @param target takes 784 grey levels, not rounded, from `targetOffset` on
 */
export function affineTransform(
  source: Uint8Array,
  sourceOffset: number,
  target: Float32Array,
  targetOffset: number,
  { theta, tx, ty, shear, zx, zy }: AffineParameters,
): void {
  const cos = Math.cos(theta * radians)
  const sin = Math.sin(theta * radians)
  const shearCos = Math.cos(shear * radians)
  const shearSin = Math.sin(shear * radians)
  const columnByColumn = cos * zx
  const columnByRow = -(cos * shearSin + sin * shearCos) * zy
  const rowByColumn = sin * zx
  const rowByRow = (cos * shearCos - sin * shearSin) * zy
  const firstColumn = cos * tx - sin * ty + centre - (columnByColumn + columnByRow) * centre
  const firstRow = sin * tx + cos * ty + centre - (rowByColumn + rowByRow) * centre

  let at = targetOffset
  for (let r = 0; r < side; r++) {
    let row = firstRow + r * rowByRow
    let column = firstColumn + r * columnByRow
    for (let c = 0; c < side; c++) {
      const y = Math.min(Math.max(row, 0), last)
      const x = Math.min(Math.max(column, 0), last)
      // The upper left of four neighbours, never on the last row or column: there the lower or right ones have the weight 1.
      const top = Math.min(y | 0, last - 1)
      const left = Math.min(x | 0, last - 1)
      const down = y - top
      const right = x - left
      const i = sourceOffset + top * side + left
      const a = source[i]!
      const b = source[i + 1]!
      const above = a + (b - a) * right
      const d = source[i + side]!
      const e = source[i + side + 1]!
      const below = d + (e - d) * right
      target[at++] = above + (below - above) * down
      row += rowByColumn
      column += columnByColumn
    }
  }
}
