/** A labelled set of 28 × 28 pictures, in bytes. */
export interface ImageSet {
  /** n × 784 grey levels, 0 (paper) … 255 (ink), row by row. */
  images: Uint8Array
  /** n classes, 0…9. */
  labels: Uint8Array
}

export interface Dataset {
  train: ImageSet
  test: ImageSet
}

export const pixels = 784

/** One picture of a set: its 784 bytes. */
export const imageAt = ({ images }: ImageSet, place: number) => images.subarray(place * pixels, (place + 1) * pixels)
