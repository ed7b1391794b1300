import { classCount } from '../models/layers.ts'

/**
 * The class of the highest logit of each image; the lowest such class on ties (and where a diverged network leaves only NaN: 0).
 * @param logits `[n, 10]`
 */
export function predictedClasses(logits: Float32Array): Uint8Array {
  const predicted = new Uint8Array(logits.length / classCount)
  for (let i = 0; i < predicted.length; i++) {
    let highest = -Infinity
    for (let c = 0; c < classCount; c++) {
      const logit = logits[i * classCount + c]!
      if (logit > highest) {
        highest = logit
        predicted[i] = c
      }
    }
  }
  return predicted
}
