import { z } from 'zod'
import { pixels, type ImageSet } from '../dataset/dataset.ts'
import { classCount } from '../models/layers.ts'
import { createRandom } from '../random.ts'
import type { DatasetId } from '../results/schema.ts'
import { kMeans } from '../statistics/k-means.ts'
import { ofDatasetSchema, type AnalysisKind } from './stored-analysis.ts'

const resultSchema = z
  .array(
    z
      .array(
        z.strictObject({
          /** Of the class' training images. */
          share: z.number().min(0).max(1),
          /** The training images nearest to the cluster's centre, nearest first. */
          images: z.array(z.int().nonnegative()).min(1),
        }),
      )
      .min(1),
  )
  .length(classCount)
export type Shapes = z.infer<typeof resultSchema>

/** Groups of like training images in each class, found by clustering: indices only. */
export const shapesKind: AnalysisKind<DatasetId, Shapes> = {
  name: 'shapes',
  version: 1,
  of: ofDatasetSchema,
  result: resultSchema,
}

const clusters = 5
const examplesKept = 4

/** Clusters each class' training images by k-means on their pixels; the largest cluster first. */
export function clusterShapes({ images, labels }: ImageSet): Shapes {
  return Array.from({ length: classCount }, (_, label) => {
    const own = Array.from(labels.keys()).filter((i) => labels[i] === label)
    const points = new Float32Array(own.length * pixels)
    own.forEach((image, i) => points.set(images.subarray(image * pixels, (image + 1) * pixels), i * pixels))
    const found = kMeans(points, pixels, Math.min(clusters, own.length), createRandom(1, 'drawing', label))
    return found.centres
      .map((_centre, c) => {
        const members = Array.from(own.keys()).filter((i) => found.assignment[i] === c)
        const nearest = members.sort((a, b) => found.distances[a]! - found.distances[b]! || a - b).slice(0, examplesKept)
        return { share: members.length / own.length, images: nearest.map((i) => own[i]!) }
      })
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share)
  })
}
