import { classes } from '../../experiments/dataset/kmnist.ts'
import { pixels } from '../../experiments/dataset/dataset.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import type { Raster } from '../charts/raster.ts'
import type { DataSheet } from '../tables/data-sheet.ts'
import { cellsOf, type Gallery, type MisreadImage } from './gallery.ts'
import type { SiteData } from './site-data.ts'

/** Characters in a row of a sheet. */
export const sheetColumns = 16

/** The misread images of a true class in the order of its sheet and of the page. */
export const inSheetOrder = (images: readonly MisreadImage[], truth: number): MisreadImage[] =>
  cellsOf(images)[truth]!.flatMap((cell) => cell.images)

/** All misread characters of a true class in one picture; null where there are none, or no data set. */
export function gallerySheet(data: SiteData, { images }: Gallery, truth: number): Raster | null {
  const shown = images ? inSheetOrder(images, truth) : []
  if (shown.length === 0 || !data.dataset) return null
  const all = data.dataset.dataset.test.images
  const pictures = shown.map(({ image }) => all.subarray(image * pixels, (image + 1) * pixels))
  return pictureSheet(pictures, { columns: sheetColumns, gutter: 0 })
}

/** Every mistake, a row each: what a program needs to find it in the test set. */
export const galleryData = ({ images, others }: Gallery): DataSheet => ({
  columns: [
    'test image',
    'true class',
    'predicted class',
    'confidence',
    ...others.map(({ series }) => `${series.title} predicted`),
  ],
  rows: (images ?? []).map(({ image, truth, predicted, confidence, others: said }) => [
    image,
    classes[truth]!.romanisation,
    classes[predicted]!.romanisation,
    confidence,
    ...said.map((one) => classes[one]!.romanisation),
  ]),
})
