import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { pixels } from '../../dataset/dataset.ts'
import { initialWeights } from '../../models/initial-weights.ts'
import { classCount, describeLayers, inputShape, type LayerDescription } from '../../models/layers.ts'
import { dropoutMask } from '../dropout-mask.ts'
import type { Batch, Engine, Network, NetworkOptions, NetworkState } from '../network.ts'
import { passThrough, type LayerPass } from './layer-passes.ts'
import { updateRule } from './optimizers.ts'

const product = (values: readonly number[]) => values.reduce((a, b) => a * b, 1)

/** Bytes or floats 0…255 to `[n, 28, 28, 1]`, 0…1. */
const toPictures = (images: Batch['images']) =>
  tf.tensor(
    Float32Array.from(images, (value) => value / 255),
    [images.length / pixels, ...inputShape],
  )

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

/** Runs the layers in order, and remembers what their backward passes need. */
function runForward(
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  pictures: tf.Tensor,
  maskOf: (description: LayerDescription, n: number) => tf.Tensor | null,
): { logits: tf.Tensor; passes: LayerPass[] } {
  let logits = pictures
  let used = 0
  const passes = descriptions.map((description) => {
    const own = weights.slice(used, (used += description.weights.length))
    const pass = passThrough(description, logits, own, maskOf(description, pictures.shape[0]))
    logits = pass.output
    return pass
  })
  return { logits, passes }
}

/** Gradients of the weights, in their order, from the gradient of the loss by the logits. */
function runBackward(descriptions: readonly LayerDescription[], passes: readonly LayerPass[], byLogits: tf.Tensor): tf.Tensor[] {
  const firstWithWeights = descriptions.findIndex((description) => description.weights.length > 0)
  const gradients: tf.Tensor[] = []
  let gradient: tf.Tensor | undefined = byLogits
  for (let i = passes.length - 1; i >= firstWithWeights && gradient; i--) {
    const result: ReturnType<LayerPass['backward']> = passes[i]!.backward(gradient, i > firstWithWeights)
    gradients.unshift(...(result.weights ?? []))
    gradient = result.input
  }
  return gradients
}

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
    ;[weights, slots] = [newWeights, newSlots]
    // Outlive the tidy they were made in.
    for (const tensor of [...weights, ...slots]) tf.keep(tensor)
  }
  const writeState = (state: NetworkState) =>
    tf.tidy(() =>
      replace(toTensors(state.weights, weightShapes, 'weights'), toTensors(state.slots, slotShapes, 'optimizer slots')),
    )
  writeState({
    weights: initialWeights(layers, seed),
    slots: slotShapes.map((shape) => new Float32Array(product(shape))),
  })

  const maskAt =
    (step: number) =>
    ({ layer, index, inputShape: shape }: LayerDescription, n: number) => {
      if (layer.kind !== 'dropout' || !dropout) return null
      const scale = 1 / (1 - layer.rate)
      const mask = dropoutMask(seed, step, index, layer.rate, n * product(shape))
      return tf.tensor(
        Float32Array.from(mask, (kept) => kept * scale),
        [n, ...shape],
      )
    }

  return {
    trainStep: ({ images, labels }, rate, step) =>
      tf.tidy(() => {
        const n = labels.length
        const { logits, passes } = runForward(descriptions, weights, toPictures(images), maskAt(step))
        const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), classCount)
        const logLikelihood = tf.logSoftmax(logits)
        // Softmax cross-entropy, summed; its mean's gradient.
        const loss = -tf.sum(tf.mul(targets, logLikelihood)).dataSync()[0]!
        const correct = tf.sum(tf.equal(tf.argMax(logits, 1), tf.tensor1d(labels, 'int32'))).dataSync()[0]!
        const gradients = runBackward(descriptions, passes, tf.div(tf.sub(tf.exp(logLikelihood), targets), n))

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
    logits: (images) => tf.tidy(() => toArrays([runForward(descriptions, weights, toPictures(images), () => null).logits]))[0]!,
    readState: () => ({ weights: toArrays(weights), slots: toArrays(slots) }),
    writeState,
    tensorCount: () => tf.memory().numTensors,
    dispose: () => tf.dispose([weights, slots]),
  }
}

/**
 * Trains on tfjs' tensors, in Node and in browsers, for now on the plain `cpu` backend: JavaScript arithmetic on one thread, for small
 * things.
 */
export async function portableEngine(): Promise<Engine> {
  // Else the backend prints advice to install another one.
  tf.enableProdMode()
  await tf.setBackend('cpu')
  return { name: 'portable', version: `tfjs-core ${tf.version_core} on ${tf.getBackend()}`, tensorflow: null, createNetwork }
}
