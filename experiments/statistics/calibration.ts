import { mean } from 'd3-array'
import { classCount } from '../models/layers.ts'
import { crossEntropy, softmax } from './softmax.ts'

const rows = (logits: Float32Array, labels: Uint8Array) =>
  Array.from(labels, (label, i) => ({ row: logits.subarray(i * classCount, (i + 1) * classCount), label }))

/** Mean of −log of the true class's probability, in nats. `logits` is `[n, 10]`, divided by `temperature` first. */
export const logLoss = (logits: Float32Array, labels: Uint8Array, temperature = 1): number =>
  mean(rows(logits, labels), ({ row, label }) => crossEntropy(row, label, temperature))!

/** Brier's score (1950): mean squared distance of the probabilities from the truth, summed over classes: 0 (best) … 2. */
export const brierScore = (logits: Float32Array, labels: Uint8Array, temperature = 1): number =>
  mean(rows(logits, labels), ({ row, label }) =>
    softmax(row, temperature).reduce((sum, p, c) => sum + (p - Number(c === label)) ** 2, 0),
  )!

/** Temperatures worth considering: from 0.01 to 100. */
const widest = Math.log(100)

/**
 * The temperature that makes the log-loss of these images least (Guo et al. 2017), to be fitted on validation images. The log-loss is
 * convex in 1/T, its slope the mean of (expected logit − logit of the true class): bisection finds where it is 0. If every image is
 * right, no temperature is low enough: 0.01.
 */
export function fitTemperature(logits: Float32Array, labels: Uint8Array): number {
  const images = rows(logits, labels)
  const slope = (temperature: number) =>
    mean(images, ({ row, label }) => softmax(row, temperature).reduce((sum, p, c) => sum + p * row[c]!, 0) - row[label]!)!
  let low = -widest
  let high = widest
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    // A positive slope in 1/T: too sure of itself, the temperature must rise.
    if (slope(Math.exp(middle)) > 0) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
