import { classCount } from '../models/layers.ts'
import type { Score } from '../results/schema.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import { crossEntropy } from '../statistics/softmax.ts'
import { confusionMatrix } from './confusion.ts'

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
  const row = (i: number) => logits.subarray(i * classCount, (i + 1) * classCount)
  let loss = 0
  for (let i = 0; i < images; i++) loss += crossEntropy(row(i), labels[i]!)
  const mean = loss / images
  const correct = confusion.reduce((sum, counts, c) => sum + counts[c]!, 0)
  return { images, loss: Number.isFinite(mean) ? mean : null, accuracy: correct / images, confusion }
}
