import { createRandom, type Random } from '../random.ts'
import type { Augmentation } from '../training/protocol.ts'
import { affineTransform, type AffineParameters } from './affine.ts'

const side = 28

type Transforms = Omit<Augmentation, 'draw'>

/**
 * Draws one transform with the distributions of Keras' ImageDataGenerator: all uniform, rotation and shear ± their degrees, either
 * shift ± its share of the side, a zoom of its own for each axis. Always six draws, so that a setting of 0 moves no other draw.
 */
export function drawParameters(settings: Transforms, random: Random): AffineParameters {
  const within = (low: number, high: number) => low + (high - low) * random.uniform()
  const shift = settings.shift * side
  return {
    theta: within(-settings.rotation, settings.rotation),
    tx: within(-shift, shift),
    ty: within(-shift, shift),
    shear: within(-settings.shear, settings.shear),
    zx: within(...settings.zoom),
    zy: within(...settings.zoom),
  }
}

/**
 * Writes a warped copy of one 28 × 28 picture. Any copy can be made again without the others.
 * @param source bytes; the picture's 784 begin at `sourceOffset`
 * @param target takes 784 grey levels 0…255, not rounded, from `targetOffset` on
 * @param seed the run's
 * @param draw the epoch, where transforms are drawn afresh; the copy's number, where copies are fixed
 * @param imageIndex the picture's place in the training set
 */
export function augmentImage(
  source: Uint8Array,
  sourceOffset: number,
  target: Float32Array,
  targetOffset: number,
  settings: Transforms,
  seed: number,
  draw: number,
  imageIndex: number,
): void {
  const parameters = drawParameters(settings, createRandom(seed, 'augmentation', draw, imageIndex))
  affineTransform(source, sourceOffset, target, targetOffset, parameters)
}
