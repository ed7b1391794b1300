import { z } from 'zod'
import { pixels, type ImageSet } from '../dataset/dataset.ts'
import { classCount, describeLayers, flatten, type Layer } from '../models/layers.ts'
import { ofWeightsSchema, type AnalysisKind, type OfWeights } from './stored-analysis.ts'

const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

const filterSchema = z.strictObject({
  /** Place in the layer. */
  filter: count,
  /** After ReLU, over all places of all test images. */
  mean: z.number().nonnegative(),
  /** Of those values, the share that is 0. */
  zero: share,
  /** Share of the test images with any value above 0. */
  active: share,
  /** Classes, 0 … 9, of the hundred test images that excite the filter most. */
  classes: z.array(count).length(classCount),
  /** The test images that excite it most, strongest first. */
  images: z.array(count),
  /** Where in each the strongest value lies: row · width + column of the layer's output. */
  places: z.array(count),
})
export type FilterActivations = z.infer<typeof filterSchema>

const resultSchema = z.array(
  z.strictObject({
    /** Of the layer's output. */
    height: z.int().positive(),
    width: z.int().positive(),
    /** Pixels, square, that one value of the output sees; its upper left one lies where the value does. */
    field: z.int().positive(),
    filters: z.array(filterSchema),
  }),
)
export type Activations = z.infer<typeof resultSchema>

/** What excites the filters of each convolution: indices and summaries, never maps, which would be the images' pixels in another form. */
export const activationsKind: AnalysisKind<OfWeights, Activations> = {
  name: 'activations',
  version: 1,
  of: ofWeightsSchema,
  result: resultSchema,
}

const imagesKept = 10
const imagesCounted = 100

/**
 * The model up to each convolution's ReLU, flattened, and how many weights that takes. Only convolutions that ReLU follows directly, and
 * that no pooling precedes: of others the values counted, or the pixels that one of them sees, would be wrong.
 */
export function convolutionStages(layers: readonly Layer[]) {
  const described = describeLayers(layers)
  return described
    .filter(({ layer, index }) => layer.kind === 'conv2d' && layers[index + 1]?.kind === 'relu')
    .filter(({ index }) => !layers.slice(0, index).some(({ kind }) => kind === 'maxPool'))
    .map(({ index, outputShape }) => {
      const upTo = described.slice(0, index + 1)
      // Valid convolutions of stride 1, and nothing else that mixes pixels.
      const field = upTo.reduce((sum, { layer }) => sum + (layer.kind === 'conv2d' ? layer.kernelSize - 1 : 0), 1)
      return {
        layers: [...layers.slice(0, index + 2), flatten()],
        weightArrays: upTo.reduce((sum, { weights }) => sum + weights.length, 0),
        height: outputShape[0]!,
        width: outputShape[1]!,
        filters: outputShape[2]!,
        field,
      }
    })
}
export type ConvolutionStage = ReturnType<typeof convolutionStages>[number]

/**
 * What excites the filters of one convolution.
 * @param outputs of the stage for a batch of images: `[n, height · width · filters]`, after ReLU
 */
export function filterActivations(
  stage: Omit<ConvolutionStage, 'layers' | 'weightArrays'>,
  outputs: (images: Uint8Array) => Float32Array,
  { images, labels }: ImageSet,
): Activations[number] {
  const { height, width, filters, field } = stage
  const cells = height * width
  const sums = new Float64Array(filters)
  const zeros = new Float64Array(filters)
  /** By filter, then image. */
  const highest = Array.from({ length: filters }, () => new Float32Array(labels.length))
  const places = Array.from({ length: filters }, () => new Uint16Array(labels.length))
  const batch = 250
  for (let from = 0; from < labels.length; from += batch) {
    const values = outputs(images.subarray(from * pixels, (from + batch) * pixels))
    // Loops, for this is where the time goes: some 400 million values.
    for (let at = 0, image = from; at < values.length; image++)
      for (let cell = 0; cell < cells; cell++)
        for (let f = 0; f < filters; f++, at++) {
          const value = values[at]!
          if (value === 0) {
            zeros[f]!++
            continue
          }
          sums[f]! += value
          if (value > highest[f]![image]!) {
            highest[f]![image] = value
            places[f]![image] = cell
          }
        }
  }
  const all = labels.length * cells
  return {
    height,
    width,
    field,
    filters: highest.map((values, filter) => {
      const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b)
      const classes = new Array<number>(classCount).fill(0)
      for (const image of order.slice(0, imagesCounted)) classes[labels[image]!]!++
      const kept = order.slice(0, imagesKept)
      return {
        filter,
        mean: sums[filter]! / all,
        zero: zeros[filter]! / all,
        active: values.filter((value) => value > 0).length / labels.length,
        classes,
        images: kept,
        places: kept.map((image) => places[filter]![image]!),
      }
    }),
  }
}
