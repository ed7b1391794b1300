import { group, quantile } from 'd3-array'
import { z } from 'zod'
import { classMeans } from '../dataset/class-means.ts'
import { imageAt, pixels, type Dataset, type ImageSet } from '../dataset/dataset.ts'
import { kmnistId } from '../dataset/kmnist.ts'
import { selectImages } from '../dataset/split.ts'
import { confusionMatrix } from '../evaluation/confusion.ts'
import { classCount, dense, flatten } from '../models/layers.ts'
import { sha256 } from '../sha256.ts'
import { datasetIdSchema } from '../results/schema.ts'
import { nearestNeighbours, voteByDistance, type Neighbour } from '../statistics/nearest-neighbours.ts'
import { nearestPoints } from '../statistics/nearest-points.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import { principalComponents } from '../statistics/principal-components.ts'
import { protocolSchema, type Protocol } from '../training/protocol.ts'
import type { Forward } from './forward.ts'
import type { AnalysisKind } from './stored-analysis.ts'

const share = z.number().min(0).max(1)
const count = z.int().nonnegative()
const confusion = z.array(z.array(count).length(classCount)).length(classCount)

/** How far a set's images are from the training images nearest to them. */
const nearestSchema = z.strictObject({
  images: count,
  /** Of the root mean square difference, in grey levels of 255, to the nearest training image: 5, 25, 50, 75, 95 % quantiles. */
  quantiles: z.array(z.number().nonnegative()).length(5),
  identical: count,
  /** Nearer than `nearDuplicate`. */
  near: count,
  /** Of those, how many are labelled otherwise than the training image. */
  nearOfOtherClass: count,
})

const resultSchema = z.strictObject({
  seed: count,
  /** Of the split's training images, without validation images. */
  trainingImages: count,
  /** Training images, validation ones among them, that another one is the same as, pixel by pixel; and how many are labelled otherwise. */
  repeated: z.strictObject({ images: count, ofOtherClass: count }),
  /** Distances to the split's training images; copies of test images are looked for among the validation images too. */
  nearest: z.strictObject({ validation: nearestSchema, test: nearestSchema }),
  baselines: z.array(
    z.strictObject({
      name: z.enum(['majority', 'centroid', 'linear', 'neighbours', 'components']),
      validation: share,
      test: share,
      testConfusion: confusion,
    }),
  ),
  /** Accuracy of 4 nearest neighbours that may be any of the data set's training images. */
  neighboursOfAll: share,
  /** The same in principal components, these too of all training images. */
  componentsOfAll: share,
})
export type DataSetFacts = z.infer<typeof resultSchema>

const ofSplitSchema = datasetIdSchema.extend({
  seed: count,
  /** What the linear baseline is trained by. */
  protocol: protocolSchema.pick({
    optimizer: true,
    batchSize: true,
    maxEpochs: true,
    validation: true,
    plateau: true,
    stopping: true,
    score: true,
  }),
})
type OfSplit = z.infer<typeof ofSplitSchema>

/** What the facts are derived from: the data set, its split, and how a protocol trains on it. */
export function ofSplit(protocol: Protocol, seed: number): OfSplit {
  const { optimizer, batchSize, maxEpochs, validation, plateau, stopping, score } = protocol
  return { ...kmnistId, seed, protocol: { optimizer, batchSize, maxEpochs, validation, plateau, stopping, score } }
}

/** Duplicates, distances and simple baselines of the data set; the split is that of the main seed. */
export const dataSetKind: AnalysisKind<OfSplit, DataSetFacts> = {
  name: 'data-set',
  version: 3,
  of: ofSplitSchema,
  result: resultSchema,
}

/** Images nearer to each other than this count as near duplicates: a tenth of the grey scale, root mean square. */
export const nearDuplicate = 25.5

const neighboursVoting = 4
/** Principal components in which neighbours are sought as well: as many as in the entry of the data set's benchmark. */
export const componentCount = 60
/** So many that four of them are no validation images. */
const neighboursSought = 12

export interface SplitIndices {
  seed: number
  training: Uint32Array
  validation: Uint32Array
}

function repeatedImages(set: ImageSet) {
  const { labels } = set
  const groups = group(labels.keys(), (i) => sha256(imageAt(set, i)))
  const repeated = [...groups.values()].filter((places) => places.length > 1)
  const size = (all: number[][]) => all.reduce((sum, places) => sum + places.length, 0)
  return {
    images: size(repeated),
    ofOtherClass: size(repeated.filter((places) => new Set(places.map((i) => labels[i])).size > 1)),
  }
}

/** The nearest training images of each image: a matrix product, for the engine. */
function neighboursOf(images: Uint8Array, training: Uint8Array, forward: Forward): Neighbour[][] {
  const products = (references: Uint8Array) => {
    const units = references.length / pixels
    const kernel = new Float32Array(pixels * units)
    // The engine scales pixels to 0…1.
    for (let unit = 0; unit < units; unit++)
      for (let p = 0; p < pixels; p++) kernel[p * units + unit] = references[unit * pixels + p]! * 255
    const { outputs: of, dispose } = forward([flatten(), dense(units)], [kernel, new Float32Array(units)])
    return { of, dispose }
  }
  return nearestNeighbours(images, { points: training, chunk: 5000, products }, pixels, neighboursSought)
}

/**
 * @param found each image's neighbours among the images that the split trains on
 * @param among those in which copies are looked for
 */
function describeNearest(
  found: readonly Neighbour[][],
  among: readonly Neighbour[][],
  labels: Uint8Array,
  trainingLabels: Uint8Array,
) {
  const difference = ([nearest]: Neighbour[]) => Math.sqrt(nearest!.squaredDistance / pixels)
  const differences = found.map(difference)
  const isNear = (one: Neighbour[]) => difference(one) < nearDuplicate
  return {
    images: found.length,
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantile(differences, p)!),
    identical: among.filter(([nearest]) => nearest!.squaredDistance === 0).length,
    near: among.filter(isNear).length,
    nearOfOtherClass: among.filter((one, i) => isNear(one) && trainingLabels[one[0]!.index] !== labels[i]).length,
  }
}

/** The class whose mean training image is nearest. */
function nearestCentroid(training: ImageSet): (images: Uint8Array) => Uint8Array {
  const centroids = classMeans(training)
  return (images) =>
    Uint8Array.from({ length: images.length / pixels }, (_, i) => {
      const distances = centroids.map((centroid) => centroid.reduce((sum, v, p) => sum + (images[i * pixels + p]! - v) ** 2, 0))
      return distances.indexOf(Math.min(...distances))
    })
}

/**
 * Measures the data set: what repeats, how far validation and test images are from training images, and what simple methods score.
 * @param linear logits of a softmax regression trained on the split's training images
 * @param components how many principal components neighbours are sought in
 */
export function measureDataSet(
  { train, test }: Dataset,
  { seed, training, validation }: SplitIndices,
  forward: Forward,
  linear: (images: Uint8Array) => Float32Array,
  components = componentCount,
): DataSetFacts {
  const trainingSet = selectImages(train, training)
  const held = selectImages(train, validation)
  const isHeld = new Set(validation)
  const all = {
    validation: neighboursOf(held.images, train.images, forward),
    test: neighboursOf(test.images, train.images, forward),
  }
  const learned = (found: Neighbour[][]) => found.map((one) => one.filter(({ index }) => !isHeld.has(index)))
  const own = { validation: learned(all.validation), test: learned(all.test) }
  const vote = (found: Neighbour[][]) =>
    Uint8Array.from(found, (one) => voteByDistance(one.slice(0, neighboursVoting), train.labels))

  const inComponents = (learnt: ImageSet) => {
    const project = principalComponents(learnt.images, pixels, components)
    const references = project(learnt.images)
    return (images: Uint8Array) =>
      Uint8Array.from(nearestPoints(project(images), references, components, neighboursVoting), (one) =>
        voteByDistance(one, learnt.labels),
      )
  }
  const reduced = inComponents(trainingSet)
  const centroid = nearestCentroid(trainingSet)
  const methods: Record<DataSetFacts['baselines'][number]['name'], { validation: Uint8Array; test: Uint8Array }> = {
    // The classes are balanced: any will do.
    majority: { validation: new Uint8Array(held.labels.length), test: new Uint8Array(test.labels.length) },
    centroid: { validation: centroid(held.images), test: centroid(test.images) },
    linear: { validation: predictedClasses(linear(held.images)), test: predictedClasses(linear(test.images)) },
    neighbours: { validation: vote(own.validation), test: vote(own.test) },
    components: { validation: reduced(held.images), test: reduced(test.images) },
  }
  const accuracy = (predicted: Uint8Array, labels: Uint8Array) =>
    predicted.filter((guess, i) => guess === labels[i]).length / labels.length
  return {
    seed,
    trainingImages: training.length,
    repeated: repeatedImages(train),
    nearest: {
      validation: describeNearest(own.validation, own.validation, held.labels, train.labels),
      test: describeNearest(own.test, all.test, test.labels, train.labels),
    },
    baselines: (['majority', 'centroid', 'linear', 'neighbours', 'components'] as const).map((name) => ({
      name,
      validation: accuracy(methods[name].validation, held.labels),
      test: accuracy(methods[name].test, test.labels),
      testConfusion: confusionMatrix(test.labels, methods[name].test),
    })),
    neighboursOfAll: accuracy(vote(all.test), test.labels),
    componentsOfAll: accuracy(inComponents(train)(test.images), test.labels),
  }
}
