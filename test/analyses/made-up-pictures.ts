import { pixels, type ImageSet } from '../../experiments/dataset/dataset.ts'

/** Pictures by a formula that test/reference/data-set.py has too: a pattern of the class, and one of the picture. */
export function madeUpPictures(first: number, count: number): ImageSet {
  const images = new Uint8Array(count * pixels)
  for (let n = 0; n < count; n++) {
    const i = first + n
    for (let p = 0; p < pixels; p++)
      images[n * pixels + p] = (((i % 10) * p * 11) % 128) + ((i * i * 7 + p * p * 3 + i * p * 5) % 128)
  }
  return { images, labels: Uint8Array.from({ length: count }, (_, n) => (first + n) % 10) }
}

export const copyPicture = ({ images }: ImageSet, from: number, to: ImageSet, place: number) =>
  to.images.set(images.subarray(from * pixels, (from + 1) * pixels), place * pixels)
