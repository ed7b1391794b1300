import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { initialWeights } from '../../models/initial-weights.ts'
import { describeLayers, product } from '../../models/layers.ts'
import type { Engine, Network, NetworkOptions, NetworkState } from '../network.ts'
import { logitsOf, lossAndGradients } from './loss-and-gradients.ts'
import { updateRule } from './optimizers.ts'

function toTensors(arrays: readonly Float32Array[], shapes: readonly number[][], what: string): tf.Tensor[] {
  if (arrays.length !== shapes.length)
    throw new Error(`this network has ${shapes.length} ${what}, but the state to write has ${arrays.length}`)
  arrays.forEach((array, i) => {
    const expected = product(shapes[i]!)
    if (array.length !== expected)
      throw new Error(`number ${i} of the ${what} to write has ${array.length} values; this network's has ${expected}`)
  })
  // Copies: a tensor on the cpu keeps the array it is given.
  return arrays.map((array, i) => tf.tensor(array.slice(), shapes[i]))
}

const toArrays = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => (tensor.dataSync() as Float32Array).slice())

function createNetwork({ layers, optimizer, seed, dropout = true }: NetworkOptions): Network {
  const descriptions = describeLayers(layers)
  const rule = updateRule(optimizer)
  const weightShapes = descriptions.flatMap((description) => description.weights).map((spec) => spec.shape)
  const slotShapes = weightShapes.flatMap((shape) => Array.from({ length: rule.slotCount }, () => shape))
  let weights: tf.Tensor[] = []
  /** For each weight its slots, one after the other. */
  let slots: tf.Tensor[] = []

  const replace = (newWeights: tf.Tensor[], newSlots: tf.Tensor[]) => {
    tf.dispose([weights, slots])
    weights = newWeights
    slots = newSlots
    // Outlive the tidy they were made in.
    for (const tensor of [...weights, ...slots]) tf.keep(tensor)
  }
  const writeState = (state: NetworkState) =>
    tf.tidy(() => {
      replace(toTensors(state.weights, weightShapes, 'weights'), toTensors(state.slots, slotShapes, 'optimizer slots'))
    })
  writeState({
    weights: initialWeights(layers, seed),
    slots: slotShapes.map((shape) => new Float32Array(product(shape))),
  })

  return {
    trainStep: (batch, rate, step) =>
      tf.tidy(() => {
        const { loss, correct, gradients } = lossAndGradients(descriptions, weights, batch, dropout ? { seed, step } : null)
        const updated = weights.map((weight, i) => {
          const own = slots.slice(i * rule.slotCount, (i + 1) * rule.slotCount)
          return rule.update({ weight, slots: own }, gradients[i]!, rate, step)
        })
        replace(
          updated.map((parameter) => parameter.weight),
          updated.flatMap((parameter) => parameter.slots),
        )
        return { loss, correct }
      }),
    logits: (images) => tf.tidy(() => toArrays([logitsOf(descriptions, weights, images)]))[0]!,
    readState: () => ({ weights: toArrays(weights), slots: toArrays(slots) }),
    writeState,
    tensorCount: () => tf.memory().numTensors,
    dispose: () => tf.dispose([weights, slots]),
  }
}

/**
 * Trains on tfjs' tensors, in Node and in browsers, for now on the plain `cpu` backend: JavaScript arithmetic on one thread, for small
 * things (one picture through the CNN and back takes a fifth of a second).
 */
export async function portableEngine(): Promise<Engine> {
  // Else the backend prints advice to install another one.
  tf.enableProdMode()
  if (!(await tf.setBackend('cpu')))
    throw new Error('the cpu backend of tfjs did not start: does it have the version of tfjs-core?')
  return { name: 'portable', version: `tfjs-core ${tf.version_core} on ${tf.getBackend()}`, tensorflow: null, createNetwork }
}
