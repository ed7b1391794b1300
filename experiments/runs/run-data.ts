import { type Dataset, type ImageSet } from '../dataset/dataset.ts'
import { selectImages, stratifiedSplit, takePerClass } from '../dataset/split.ts'
import type { Protocol } from '../training/protocol.ts'

export interface RunData {
  training: ImageSet
  validation: ImageSet
  test: ImageSet
}

/** The images that a protocol trains, validates and tests on, for a seed. */
export function runData({ train, test: allTest }: Dataset, protocol: Protocol, seed: number): RunData {
  const { validation, imagesPerClass } = protocol
  const perClass = validation.from === 'training' ? validation.perClass : 0
  const available = imagesPerClass ? selectImages(train, takePerClass(train.labels, imagesPerClass.training + perClass)) : train
  const test = imagesPerClass ? selectImages(allTest, takePerClass(allTest.labels, imagesPerClass.test)) : allTest
  if (validation.from === 'test') return { training: available, validation: test, test }
  const split = stratifiedSplit(available.labels, perClass, seed)
  return { training: selectImages(available, split.training), validation: selectImages(available, split.validation), test }
}
