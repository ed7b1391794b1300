import { affineTransform } from '../augmentation/affine.ts'
import { drawParameters } from '../augmentation/augment.ts'
import { createRandom } from '../random.ts'
import type { DatasetId } from '../results/schema.ts'
import { pixels, type Dataset, type ImageSet } from './dataset.ts'
import { drawnCharacter } from './drawn-character.ts'
import { classes } from './kmnist.ts'
import { sha256 } from '../sha256.ts'

/** Wider than what training draws: the copies stand for different hands. */
const warp = { rotation: 15, shift: 0.08, shear: 15, zoom: [0.85, 1.2] as [number, number] }

function drawSet(perClass: number, seed: number, part: 0 | 1): ImageSet {
  const count = perClass * classes.length
  const images = new Uint8Array(count * pixels)
  const labels = new Uint8Array(count)
  const drawings = classes.map(({ index }) => drawnCharacter(index))
  const warped = new Float32Array(pixels)
  for (let i = 0; i < count; i++) {
    const label = i % classes.length
    affineTransform(drawings[label]!, 0, warped, 0, drawParameters(warp, createRandom(seed, 'drawing', part, i)))
    labels[i] = label
    for (let k = 0; k < pixels; k++) images[i * pixels + k] = Math.round(warped[k]!)
  }
  return { images, labels }
}

/**
 * The stand-in where the real data set is absent, for smoke runs: modern printed kana, each copy warped at random. The classes take
 * turns. A copy is fixed by seed, part and place: asking for more leaves the first ones as they are.
 */
export function drawnKana(perClassTrain: number, perClassTest: number, seed: number): { dataset: Dataset; id: DatasetId } {
  const train = drawSet(perClassTrain, seed, 0)
  const test = drawSet(perClassTest, seed, 1)
  return {
    dataset: { train, test },
    id: {
      source: 'drawn-kana',
      trainImages: sha256(train.images),
      trainLabels: sha256(train.labels),
      testImages: sha256(test.images),
      testLabels: sha256(test.labels),
    },
  }
}
