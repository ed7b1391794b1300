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

/** Bytes or floats 0…255 to `[n, 28, 28, 1]`, 0…1. In a loop: `Float32Array.from` takes ten times as long. */
function toPictures(images: Batch['images']): tf.Tensor {
  const scaled = new Float32Array(images.length)
  for (let i = 0; i < images.length; i++) scaled[i] = images[i]! / 255
  return tf.tensor(scaled, [images.length / pixels, ...inputShape])
}

/** A dropout mask as `dropoutMask`, of the same arguments, but with 1 / (1 − rate) for what is kept. */
export type ScaledMask = (...args: Parameters<typeof dropoutMask>) => Float32Array

const scaledMask: ScaledMask = (seed, step, layer, rate, count) => {
  const mask = new Float32Array(dropoutMask(seed, step, layer, rate, count))
  const scale = 1 / (1 - rate)
  for (let i = 0; i < count; i++) mask[i]! *= scale
  return mask
}

/** Runs the layers in order, and remembers what their backward passes need. */
function runForward(
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  images: Batch['images'],
  draw: DropoutDraw | null,
  pass: typeof passThrough,
  maskOf: ScaledMask = scaledMask,
): { logits: tf.Tensor; passes: LayerPass[] } {
  let logits: tf.Tensor = toPictures(images)
  const n = logits.shape[0]
  let used = 0
  const passes = descriptions.map((description) => {
    const own = weights.slice(used, (used += description.weights.length))
    const { layer, index, inputShape: shape } = description
    const dropped = layer.kind === 'dropout' && draw
    const mask = dropped && tf.tensor(maskOf(draw.seed, draw.step, index, layer.rate, n * product(shape)), [n, ...shape])
    const done = pass(description, logits, own, mask || null)
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
export const logitsOf = (
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  images: Batch['images'],
  pass = passThrough,
) => runForward(descriptions, weights, images, null, pass).logits

/**
 * One pass forward and back. To be called within `tf.tidy`.
 * @param weights in the order of `weightSpecs`, as the gradients; none where `pass` knows them
 * @param draw null: dropout off
 * @param pass how a layer computes
 * @param maskOf gives what dropout layers multiply with
 * @returns softmax cross-entropy summed over the batch, how many were classified right, and the gradients of the *mean* cross-entropy
 */
export function lossAndGradients(
  descriptions: readonly LayerDescription[],
  weights: readonly tf.Tensor[],
  { images, labels }: Batch,
  draw: DropoutDraw | null,
  pass = passThrough,
  maskOf: ScaledMask = scaledMask,
): { loss: number; correct: number; gradients: tf.Tensor[] } {
  const { logits, passes } = runForward(descriptions, weights, images, draw, pass, maskOf)
  const classes = tf.tensor1d(labels, 'int32')
  const targets = tf.oneHot(classes, classCount)
  const logLikelihood = tf.logSoftmax(logits)
  return {
    loss: -tf.sum(tf.mul(targets, logLikelihood)).dataSync()[0]!,
    correct: tf.sum(tf.equal(tf.argMax(logits, 1), classes)).dataSync()[0]!,
    gradients: runBackward(descriptions, passes, tf.div(tf.sub(tf.exp(logLikelihood), targets), labels.length)),
  }
}
