import * as tf from '@tensorflow/tfjs-core'
import { dropoutMask } from '../../engine/dropout-mask.ts'
import type { Engine } from '../../engine/network.ts'
import { logitsOf, lossAndGradients } from '../../engine/portable/loss-and-gradients.ts'
import { initialWeights } from '../../models/initial-weights.ts'
import { conv2d, dense, describeLayers, flatten, type Layer } from '../../models/layers.ts'
import { modelPart, type Behaviour } from '../../results/behaviour.ts'
import { digest } from './digest.ts'
import { optimizerParts } from './engine-numbers.ts'
import { pictures } from './pictures.ts'
import { seed } from './seed.ts'
import { startingWeights } from './starting-weights.ts'

/**
 * A model at work: logits, and losses and gradients of two steps with dropout. Gradients and not trained weights, so that the part
 * rests on no optimizer.
 */
function model(layers: readonly Layer[]): number[] {
  const descriptions = describeLayers(layers)
  const specs = descriptions.flatMap((description) => description.weights)
  return tf.tidy(() => {
    const weights = startingWeights(layers).map((values, i) => tf.tensor(values, specs[i]!.shape))
    const steps = [1, 2].flatMap((step) => {
      const { loss, correct, gradients } = lossAndGradients(descriptions, weights, pictures(4 - step), { seed, step })
      // Times 100: entries are small, and 1e-5 is the tolerance.
      return [loss, correct, ...gradients.flatMap((g) => digest(g.dataSync().map((value) => 100 * value)))]
    })
    return [...digest(logitsOf(descriptions, weights, pictures(2).images).dataSync()), ...steps]
  })
}

export const measureEngineParts = (engine: Engine, models: readonly (readonly Layer[])[]): Behaviour => ({
  initialisation: [1, 2].flatMap((s) => initialWeights([conv2d(5, 3), flatten(), dense(10)], s).flatMap(digest)),
  dropout: [0.1, 0.25, 0.5].flatMap((rate) => [1, 2].flatMap((step) => digest(dropoutMask(seed, step, 3, rate, 1000)))),
  ...Object.fromEntries(models.map((layers) => [modelPart(layers), model(layers)])),
  ...optimizerParts(engine),
})
