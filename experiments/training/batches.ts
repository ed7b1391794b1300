import { augmentImage } from '../augmentation/augment.ts'
import { pixels, type ImageSet } from '../dataset/dataset.ts'
import type { Batch } from '../engine/network.ts'
import { createRandom, shuffle } from '../random.ts'
import type { Augmentation } from './protocol.ts'

/** The order in which an epoch (from 1) visits n examples: a shuffle of 0 … n − 1 fixed by seed and epoch. */
export function epochOrder(n: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  return shuffle(order, createRandom(seed, 'order', epoch))
}

/** How many examples an epoch visits: with fixed copies, that many times the images. */
export const examplesPerEpoch = (images: number, augmentation: Augmentation | null): number =>
  augmentation?.draw.kind === 'fixed-copies' ? images * augmentation.draw.copies : images

/**
 * The batches of one epoch, each example once, the last batch smaller where the sizes don't divide. Augmented images are made here,
 * from bytes, as they are needed: kept copies would take 1.9 GB.
 * @param augmentation null: the images as they are
 */
export function* epochBatches(
  set: ImageSet,
  options: { batchSize: number; seed: number; epoch: number; augmentation: Augmentation | null },
): Generator<Batch> {
  const { batchSize, seed, epoch, augmentation } = options
  const count = set.labels.length
  const order = epochOrder(examplesPerEpoch(count, augmentation), seed, epoch)
  for (let from = 0; from < order.length; from += batchSize) {
    const chosen = order.subarray(from, from + batchSize)
    const images = augmentation ? new Float32Array(chosen.length * pixels) : new Uint8Array(chosen.length * pixels)
    const labels = new Uint8Array(chosen.length)
    chosen.forEach((example, i) => {
      // With fixed copies, example k is copy ⌊k / count⌋ of image k mod count.
      const image = example % count
      labels[i] = set.labels[image]!
      if (augmentation) {
        const draw = augmentation.draw.kind === 'fresh' ? epoch : Math.floor(example / count)
        augmentImage(set.images, image * pixels, images as Float32Array, i * pixels, augmentation, seed, draw, image)
      } else images.set(set.images.subarray(image * pixels, (image + 1) * pixels), i * pixels)
    })
    yield { images, labels }
  }
}
