import * as tf from '@tensorflow/tfjs-core'
import { pixels } from '../../dataset/dataset.ts'
import { initialWeights } from '../../models/initial-weights.ts'
import { describeLayers, product } from '../../models/layers.ts'
import type { Network, NetworkOptions, NetworkState } from '../network.ts'
import { logitsOf, lossAndGradients } from './loss-and-gradients.ts'
import { updateRule } from './optimizers.ts'

/** Images evaluated at a time: WebAssembly's memory never shrinks. */
const evaluationBatch = 128

/** Copies of arrays that were checked to have these sizes. */
function copiesOf(arrays: readonly Float32Array[], sizes: readonly number[], what: string): Float32Array[] {
  if (arrays.length !== sizes.length)
    throw new Error(`this network has ${sizes.length} ${what}, but the state to write has ${arrays.length}`)
  arrays.forEach((array, i) => {
    if (array.length !== sizes[i])
      throw new Error(`number ${i} of the ${what} to write has ${array.length} values; this network's has ${sizes[i]}`)
  })
  return arrays.map((array) => array.slice())
}

/** A network whose weights are plain arrays; each step makes tensors of them, on whatever backend of tfjs is set, and leaves none. */
export function portableNetwork({ layers, optimizer, seed, dropout = true }: NetworkOptions): Network {
  const descriptions = describeLayers(layers)
  const rule = updateRule(optimizer)
  const shapes = descriptions.flatMap((description) => description.weights).map((spec) => spec.shape)
  const weightSizes = shapes.map(product)
  const slotSizes = weightSizes.flatMap((size) => Array.from({ length: rule.slotCount }, () => size))
  const outputs = product(descriptions.at(-1)!.outputShape)
  let weights: Float32Array[] = initialWeights(layers, seed)
  /** For each weight its slots, one after the other. */
  let slots: Float32Array[] = slotSizes.map((size) => new Float32Array(size))

  // A tensor on the cpu keeps the array it is given: these are gone before it changes.
  const weightTensors = () => weights.map((weight, i) => tf.tensor(weight, shapes[i]))

  return {
    trainStep(batch, rate, step) {
      // Not given back from `tidy`, which looks for tensors in whatever it gives back, value by value.
      let gradients: Float32Array[] = []
      const { loss, correct } = tf.tidy(() => {
        const result = lossAndGradients(descriptions, weightTensors(), batch, dropout ? { seed, step } : null)
        gradients = result.gradients.map((gradient) => gradient.dataSync() as Float32Array)
        return { loss: result.loss, correct: result.correct }
      })
      gradients.forEach((gradient, i) => {
        const own = slots.slice(i * rule.slotCount, (i + 1) * rule.slotCount)
        rule.update({ weight: weights[i]!, slots: own }, gradient, rate, step)
      })
      return { loss, correct }
    },
    logits(images) {
      const all = new Float32Array((images.length / pixels) * outputs)
      tf.tidy(() => {
        const tensors = weightTensors()
        for (let from = 0; from * pixels < images.length; from += evaluationBatch) {
          const part = images.subarray(from * pixels, (from + evaluationBatch) * pixels)
          tf.tidy(() => all.set(logitsOf(descriptions, tensors, part).dataSync(), from * outputs))
        }
      })
      return all
    },
    readState: () => structuredClone({ weights, slots }),
    writeState(state: NetworkState) {
      const written = copiesOf(state.weights, weightSizes, 'weights')
      slots = copiesOf(state.slots, slotSizes, 'optimizer slots')
      weights = written
    },
    tensorCount: () => tf.memory().numTensors,
    dispose() {
      weights = []
      slots = []
    },
  }
}
