import { classCount } from '../models/layers.ts'
import type { Score } from '../results/schema.ts'
import { confusionMatrix } from './confusion.ts'
import { predictedClasses } from './predicted-classes.ts'

/** Softmax cross-entropy of image `i` in nats: log of the summed exponentials minus the true class's logit, stable for any logits. */
function crossEntropy(logits: Float32Array, i: number, label: number): number {
  const start = i * classCount
  let highest = -Infinity
  for (let c = 0; c < classCount; c++) highest = Math.max(highest, logits[start + c]!)
  let sum = 0
  for (let c = 0; c < classCount; c++) sum += Math.exp(logits[start + c]! - highest)
  return Math.log(sum) + highest - logits[start + label]!
}

/**
 * Scores predictions: mean cross-entropy (nats, double precision; null where it isn't finite), accuracy, confusion matrix.
 * @param logits `[n, 10]`
 * @param labels n true classes 0–9
 * @throws RangeError if there are no images, the lengths don't match or a label isn't 0–9
 */
export function scoreLogits(logits: Float32Array, labels: Uint8Array): Score {
  const images = labels.length
  if (images === 0 || logits.length !== images * classCount)
    throw new RangeError(
      `expected ${classCount} logits for each of ${images} labels (at least one), found ${logits.length} logits`,
    )
  const confusion = confusionMatrix(labels, predictedClasses(logits))
  const loss = labels.reduce((sum, label, i) => sum + crossEntropy(logits, i, label), 0) / images
  const correct = confusion.reduce((sum, row, c) => sum + row[c]!, 0)
  return { images, loss: Number.isFinite(loss) ? loss : null, accuracy: correct / images, confusion }
}
