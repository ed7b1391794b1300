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

describe('epochBatches', () => {
  it('gives the images as they are, each beside its label', () => {
    for (const batch of batchesOf(1, null))
      batch.labels.forEach((label, i) =>
        expect([...batch.images.subarray(i * 784, (i + 1) * 784)]).toEqual([...images.subarray(label * 784, (label + 1) * 784)]),
      )
  })

  it('draws a new transform of each image every epoch', () => {
    const first = (epoch: number) => {
      const [batch] = batchesOf(epoch, fresh)
      const at = batch!.labels.indexOf(epochOrderFirstCommon)
      return batch!.images.slice(at * 784, (at + 1) * 784)
    }
    const epochOrderFirstCommon = [...batchesOf(1, fresh)[0]!.labels].find((label) =>
      batchesOf(2, fresh)[0]!.labels.includes(label),
    )!
    expect(first(1)).toEqual(first(1))
    expect(first(1)).not.toEqual(first(2))
  })

  it('shows ten fixed copies of every image, the same in every epoch, and no original', () => {
    const copies = (epoch: number) =>
      batchesOf(epoch, fixed)
        .flatMap(({ images: floats, labels }) =>
          [...labels].map((label, i) => `${label}:${[...floats.subarray(i * 784, (i + 1) * 784)].join()}`),
        )
        .toSorted()
    const first = copies(1)
    expect(first).toHaveLength(50)
    expect(new Set(first).size).toBe(50)
    expect(copies(2)).toEqual(first)
    const expected = new Float32Array(784)
    affineTransform(images, 2 * 784, expected, 0, drawParameters(fixed, createRandom(3, 'augmentation', 7, 2)))
    expect(first).toContain(`2:${[...expected].join()}`)
    expect(first).not.toContain(`2:${[...images.subarray(2 * 784, 3 * 784)].join()}`)
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
    expect(epochOrder(100, 1, 1)).not.toEqual(epochOrder(100, 1, 2))
    expect(epochOrder(100, 1, 1)).not.toEqual(epochOrder(100, 2, 1))
  })
})
