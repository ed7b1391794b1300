import { mean } from 'd3-array'
import { z } from 'zod'
import { pixels, type ImageSet } from '../dataset/dataset.ts'
import { confusionMatrix } from '../evaluation/confusion.ts'
import { macroF1 } from '../statistics/f1.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import { ofWeightsSchema, type AnalysisKind, type OfWeights } from './stored-analysis.ts'

/** Pixels that the test characters are moved by. */
const shiftDistances = [0, 1, 2, 3, 4] as const

const directions = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const)).filter(([dx, dy]) => dx || dy)

const share = z.number().min(0).max(1)
const resultSchema = z
  .array(
    z.strictObject({
      /** Pixels, along the rows, the columns or both. */
      distance: z.int().nonnegative(),
      /** Share of the test images read right, the mean over the directions. */
      accuracy: share,
      /** Of the accuracy, over test images; an image's directions stay together. */
      standardError: z.number().nonnegative(),
      /** Accuracy less that of images as they are, and the standard error of this difference, the same images on both sides. */
      change: z.number(),
      changeError: z.number().nonnegative(),
      /** The mean over the directions. */
      macroF1: share,
    }),
  )
  .min(1)
export type Shifts = z.infer<typeof resultSchema>

/** What becomes of a network's accuracy when the test characters are shifted. */
export const shiftsKind: AnalysisKind<OfWeights, Shifts> = {
  name: 'shifts',
  version: 1,
  of: ofWeightsSchema,
  result: resultSchema,
}

/** Moves 28 × 28 pictures right by `dx` and down by `dy`: what leaves is lost, what comes in is paper (0). */
export function shiftImages(images: Uint8Array, dx: number, dy: number): Uint8Array {
  const side = 28
  const moved = new Uint8Array(images.length)
  const [from, to] = [Math.max(0, -dx), side - Math.max(0, dx)]
  for (let at = 0; at < images.length; at += pixels)
    for (let y = Math.max(0, dy); y < side + Math.min(0, dy); y++) {
      const source = at + (y - dy) * side
      moved.set(images.subarray(source + from, source + to), at + y * side + from + dx)
    }
  return moved
}

/** Of a mean over images. */
function standardError(values: Float64Array): number {
  const centre = mean(values)!
  return Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1) / values.length)
}

/**
 * Scores test images shifted by 0 … 4 pixels in each of eight directions.
 * @param logits of a batch of images, `[n, 10]`
 */
export function scoreShifts(logits: (images: Uint8Array) => Float32Array, { images, labels }: ImageSet): Shifts {
  let unmoved = new Float64Array(labels.length)
  return shiftDistances.map((distance) => {
    const ways = distance === 0 ? [[0, 0] as const] : directions
    /** Of each image, the share of the directions in which it was read right. */
    const right = new Float64Array(labels.length)
    const scores = ways.map(([dx, dy]) => {
      const predicted = predictedClasses(logits(shiftImages(images, dx * distance, dy * distance)))
      for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) right[i]! += 1 / ways.length
      return macroF1(confusionMatrix(labels, predicted))
    })
    if (distance === 0) unmoved = right
    const changes = right.map((value, i) => value - unmoved[i]!)
    return {
      distance,
      accuracy: mean(right)!,
      standardError: standardError(right),
      change: mean(changes)!,
      changeError: standardError(changes),
      macroF1: mean(scores)!,
    }
  })
}
