import { classCount } from '../models/layers.ts'
import { pixels, type ImageSet } from './dataset.ts'

/** The mean image of each class, in grey levels: 784 each; NaN where a class has no image. */
export function classMeans({ images, labels }: ImageSet): Float64Array[] {
  const sums = Array.from({ length: classCount }, () => new Float64Array(pixels))
  const counts = new Array<number>(classCount).fill(0)
  labels.forEach((label, i) => {
    const sum = sums[label]!
    counts[label]!++
    for (let p = 0; p < pixels; p++) sum[p]! += images[i * pixels + p]!
  })
  return sums.map((sum, label) => sum.map((value) => value / counts[label]!))
}
