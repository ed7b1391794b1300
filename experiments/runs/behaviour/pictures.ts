import { pixels, type ImageSet } from '../../dataset/dataset.ts'

/** Pictures by a formula: strokes that differ from one to the next, on empty paper. */
export function pictures(count: number): ImageSet {
  const images = new Uint8Array(count * pixels)
  for (let image = 0; image < count; image++)
    for (let row = 4; row < 24; row++)
      for (let column = 5; column < 22; column++) {
        const level = (image * 37 + row * (7 + (image % 5)) + column * 13 + row * column * (1 + (image % 3))) % 256
        images[image * pixels + row * 28 + column] = level < 100 ? 0 : level
      }
  return { images, labels: Uint8Array.from({ length: count }, (_, image) => (image * 3 + 1) % 10) }
}
