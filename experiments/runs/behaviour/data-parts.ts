import type { ImageSet } from '../../dataset/dataset.ts'
import { parseIdx } from '../../dataset/idx.ts'
import type { Behaviour } from '../../results/behaviour.ts'
import { epochBatches } from '../../training/batches.ts'
import type { Augmentation, Protocol } from '../../training/protocol.ts'
import { runData } from '../run-data.ts'
import { digest } from './digest.ts'
import { pictures } from './pictures.ts'
import { protocol } from './protocol.ts'
import { seed } from './seed.ts'

const setDigest = ({ images, labels }: ImageSet) => [labels.length, ...digest(labels), ...digest(images)]

/** Which images are trained, validated and tested on. */
function selection(changes: Partial<Protocol>): number[] {
  const data = runData({ train: pictures(60), test: pictures(30) }, { ...protocol, ...changes }, seed)
  return [data.training, data.validation, data.test].flatMap(setDigest)
}

/** The batches of two epochs: their order, sizes and images. */
function batches(set: ImageSet, augmentation: Augmentation | null): number[] {
  return [1, 2].flatMap((epoch) =>
    [...epochBatches(set, { batchSize: 4, seed, epoch, augmentation })].flatMap(({ images, labels }) => [
      ...labels,
      ...digest(images),
    ]),
  )
}

/** Pictures with ink up to the edges, and other ink there than next to them: what comes in from beyond shows. */
function inked(count: number): ImageSet {
  const { images, labels } = pictures(count)
  return { images: images.map((level, i) => (level + 29 * i) % 256), labels }
}

const augmented = (draw: Augmentation['draw']) => batches(inked(7), { ...protocol.augmentation, draw })

/** Two images and their labels, as they are read from files. */
function readFromFiles(): number[] {
  const { images, labels } = pictures(2)
  const file = (header: number[], content: Uint8Array) =>
    Uint8Array.from([...header.flatMap((n) => [0, 0, n >> 8, n & 255]), ...content])
  return setDigest({
    images: parseIdx(file([0x803, 2, 28, 28], images), 'images', 'miniature'),
    labels: parseIdx(file([0x801, 2], labels), 'labels', 'miniature'),
  })
}

export const measureDataParts = (): Behaviour => ({
  'data/files': readFromFiles(),
  'data/split': selection({ validation: { from: 'training', perClass: 2 } }),
  'data/validation-on-test': selection({ validation: { from: 'test' } }),
  'data/images-per-class': [{ from: 'training', perClass: 2 } as const, { from: 'test' } as const].flatMap((validation) =>
    selection({ validation, imagesPerClass: { training: 3, test: 2 } }),
  ),
  order: batches(inked(30), null),
  'augmentation/fresh': augmented({ kind: 'fresh' }),
  'augmentation/fixed-copies': augmented({ kind: 'fixed-copies', copies: 3 }),
})
