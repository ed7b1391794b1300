import type { ImageSet } from '../../dataset/dataset.ts'
import type { Behaviour } from '../../results/behaviour.ts'
import { epochBatches } from '../../training/batches.ts'
import type { Augmentation, Protocol } from '../../training/protocol.ts'
import { runData } from '../run-data.ts'
import { digest } from './digest.ts'
import { pictures } from './pictures.ts'
import { protocol } from './protocol.ts'

const setDigest = ({ images, labels }: ImageSet) => [labels.length, ...digest(labels), ...digest(images)]

/** Which images are trained, validated and tested on. */
function selection(changes: Partial<Protocol>): number[] {
  const data = runData({ train: pictures(60), test: pictures(30) }, { ...protocol, ...changes }, 1)
  return [data.training, data.validation, data.test].flatMap(setDigest)
}

/** The batches of two epochs: their order, sizes and images. */
function batches(set: ImageSet, augmentation: Augmentation | null): number[] {
  return [1, 2].flatMap((epoch) =>
    [...epochBatches(set, { batchSize: 4, seed: 1, epoch, augmentation })].flatMap(({ images, labels }) => [
      ...labels,
      ...digest(images),
    ]),
  )
}

const augmented = (draw: Augmentation['draw']) => batches(pictures(7), { ...protocol.augmentation, draw })

export const measureDataParts = (): Behaviour => ({
  'data/split': selection({ validation: { from: 'training', perClass: 2 } }),
  'data/validation-on-test': selection({ validation: { from: 'test' } }),
  'data/images-per-class': selection({ imagesPerClass: { training: 3, test: 2 } }),
  order: batches(pictures(30), null),
  'augmentation/fresh': augmented({ kind: 'fresh' }),
  'augmentation/fixed-copies': augmented({ kind: 'fixed-copies', copies: 3 }),
})
