import { describe, expect, it } from 'vitest'
import { affineTransform } from '../../experiments/augmentation/affine.ts'
import { drawParameters } from '../../experiments/augmentation/augment.ts'
import { protocols } from '../../experiments/catalogue.ts'
import { createRandom } from '../../experiments/random.ts'
import { epochBatches, epochOrder, examplesPerEpoch } from '../../experiments/training/batches.ts'

const images = Uint8Array.from({ length: 5 * 784 }, (_, i) => (i * 31) % 256)
const set = { images, labels: Uint8Array.of(0, 1, 2, 3, 4) }
const fresh = protocols.find((p) => p.name === 'corrected')!.augmentation
const fixed = protocols.find((p) => p.name === 'published')!.augmentation
const batchesOf = (epoch: number, augmentation: typeof fresh | null) => [
  ...epochBatches(set, { batchSize: 4, seed: 3, epoch, augmentation }),
]
/** What an epoch shows, in its order: each picture beside its label. */
const shownIn = (epoch: number, augmentation: typeof fresh | null) =>
  batchesOf(epoch, augmentation).flatMap(({ images: shown, labels }) =>
    Array.from(labels, (label, i) => `${label}:${shown.subarray(i * 784, (i + 1) * 784).join()}`),
  )
const original = (image: number) => `${image}:${images.subarray(image * 784, (image + 1) * 784).join()}`
/** An image as a draw of its own transforms it. */
function transformed(image: number, draw: number, augmentation: typeof fresh): string {
  const picture = new Float32Array(784)
  affineTransform(images, image * 784, picture, 0, drawParameters(augmentation, createRandom(3, 'augmentation', draw, image)))
  return `${image}:${picture.join()}`
}
/** Far enough apart to tell whether anything comes round again. */
const someEpochs = [1, 2, 3, 17]

describe('epochBatches', () => {
  it('gives the images as they are, each beside its label', () => {
    expect(batchesOf(1, null).map(({ labels }) => labels.length)).toEqual([4, 1])
    expect(shownIn(1, null).toSorted()).toEqual([0, 1, 2, 3, 4].map(original))
  })

  it('draws a new transform of each image every epoch', () => {
    const pictures = someEpochs.flatMap((epoch) => shownIn(epoch, fresh))
    expect(pictures).toHaveLength(4 * 5)
    expect(new Set(pictures).size).toBe(4 * 5)
    expect(shownIn(1, fresh)).toEqual(shownIn(1, fresh))
    for (const epoch of someEpochs)
      expect(shownIn(epoch, fresh).toSorted()).toEqual([0, 1, 2, 3, 4].map((image) => transformed(image, epoch, fresh)))
  })

  it('shows ten fixed copies of every image, the same in every epoch, and no original', () => {
    const copies = (epoch: number) => shownIn(epoch, fixed).toSorted()
    const first = copies(1)
    expect(first).toHaveLength(50)
    expect(new Set(first).size).toBe(50)
    expect(copies(2)).toEqual(first)
    expect(first).toContain(transformed(2, 7, fixed))
    expect(first).not.toContain(original(2))
  })
})

describe('examplesPerEpoch', () => {
  it('counts fixed copies, but not fresh draws', () => {
    expect([examplesPerEpoch(60, null), examplesPerEpoch(60, fresh), examplesPerEpoch(60, fixed)]).toEqual([60, 60, 600])
  })
})

describe('epochOrder', () => {
  it('is a permutation, another for each epoch and seed, and the same each time', () => {
    expect([...epochOrder(100, 1, 1)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(epochOrder(100, 1, 1)).toEqual(epochOrder(100, 1, 1))
    const orders = [1, 2].flatMap((seed) => someEpochs.map((epoch) => epochOrder(100, seed, epoch).join()))
    expect(new Set(orders).size).toBe(2 * 4)
  })
})
