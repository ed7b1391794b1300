import type { Raster } from './filter-grid.ts'

export function pictureSheet(pictures: readonly Uint8Array[], layout: { columns: number }): Raster {
  throw new Error(`not drawn yet (${pictures.length}, ${layout.columns})`)
}
