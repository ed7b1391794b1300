import { classCount } from '../models/layers.ts'

/**
 * Counts of (true class, predicted class), `[10][10]`: rows the true class, columns the predicted one.
 * @param labels true classes 0–9, one per image
 * @param predicted predicted classes 0–9, in the same order
 * @throws RangeError if the lengths differ or a class isn't 0–9
 */
export function confusionMatrix(labels: Uint8Array, predicted: Uint8Array): number[][] {
  if (labels.length !== predicted.length)
    throw new RangeError(`each image needs one label and one prediction, but there are ${labels.length} and ${predicted.length}`)
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  for (let i = 0; i < labels.length; i++) {
    const truth = labels[i]!
    const guess = predicted[i]!
    const row = counts[truth]
    if (row?.[guess] === undefined)
      throw new RangeError(`classes are 0 to ${classCount - 1}, but image ${i} has label ${truth} and prediction ${guess}`)
    row[guess]++
  }
  return counts
}
