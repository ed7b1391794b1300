/** A raster, and where its pictures lie in it. */
export interface Raster {
  png: Uint8Array
  /** Pixels: one a weight (or grey level), gutters of one pixel. */
  width: number
  height: number
  /** Top left corner of the picture at a place in the sheet. */
  at: (place: number) => { x: number; y: number }
}

export function filterGrid(
  pictures: readonly Float32Array[],
  layout: { pictureWidth: number; columns: number; limit: number },
): Raster {
  throw new Error(`not drawn yet (${pictures.length}, ${layout.columns})`)
}
