import * as tf from '@tensorflow/tfjs-core'
import { pixels } from '../../dataset/dataset.ts'
import { classCount, inputShape, product, type LayerDescription } from '../../models/layers.ts'
import { dropoutMask } from '../dropout-mask.ts'
import type { Batch } from '../network.ts'
import { passThrough, type LayerPass } from './layer-passes.ts'

/** What fixes a step's dropout masks. */
export interface DropoutDraw {
  seed: number
  step: number
}

/** A loop: `Float32Array.from` takes ten times as long, longer than the rest of the FCNN's step. */
function mapped(from: Uint8Array | Float32Array, change: (value: number) => number): Float32Array {
  const to = new Float32Array(from.length)
  for (let i = 0; i < from.length; i++) to[i] = change(from[i]!)
  return to
}

/** Bytes or floats 0…255 to `[n, 28, 28, 1]`, 0…1. */
const toPictures = (images: Batch['images']) =>
  tf.tensor(
    mapped(images, (value) => value / 255),
    [images.length / pixels, ...inputShape],
  )

function maskOf({ layer, index, inputShape: shape }: LayerDescription, n: number, draw: DropoutDraw | null): tf.Tensor | null {
  if (layer.kind !== 'dropout' || !draw) return null
  const scale = 1 / (1 - layer.rate)
  const mask = dropoutMask(draw.seed, draw.step, index, layer.rate, n * product(shape))
  return tf.tensor(
    mapped(mask, (kept) => kept * scale),
    [n, ...shape],
  )
}

/** Runs the layers in order, and remembers what their backward passes need. */
function runForward(
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  images: Batch['images'],
  draw: DropoutDraw | null,
  pass: typeof passThrough,
): { logits: tf.Tensor; passes: LayerPass[] } {
  let logits: tf.Tensor = toPictures(images)
  const n = logits.shape[0]
  let used = 0
  const passes = descriptions.map((description) => {
    const own = weights.slice(used, (used += description.weights.length))
    const done = pass(description, logits, own, maskOf(description, n, draw))
    logits = done.output
    return done
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

/** Logits `[n, 10]` of pictures, dropout off. To be called within `tf.tidy`. */
export const logitsOf = (descriptions: readonly LayerDescription[], weights: readonly tf.Tensor[], images: Batch['images']) =>
  runForward(descriptions, weights, images, null, passThrough).logits

/**
 * One pass forward and back. To be called within `tf.tidy`.
 * @param weights in the order of `weightSpecs`, as the gradients
 * @param draw null: dropout off
 * @param pass how a layer computes
 * @returns softmax cross-entropy summed over the batch, how many were classified right, and the gradients of the *mean* cross-entropy
 */
export function lossAndGradients(
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  { images, labels }: Batch,
  draw: DropoutDraw | null,
  pass = passThrough,
): { loss: number; correct: number; gradients: tf.Tensor[] } {
  const { logits, passes } = runForward(descriptions, weights, images, draw, pass)
  const classes = tf.tensor1d(labels, 'int32')
  const targets = tf.oneHot(classes, classCount)
  const logLikelihood = tf.logSoftmax(logits)
  return {
    loss: -tf.sum(tf.mul(targets, logLikelihood)).dataSync()[0]!,
    correct: tf.sum(tf.equal(tf.argMax(logits, 1), classes)).dataSync()[0]!,
    gradients: runBackward(descriptions, passes, tf.div(tf.sub(tf.exp(logLikelihood), targets), labels.length)),
  }
}
