import { quantile } from 'd3-array'

/** So many values from `first` on, each `step` after the one before. */
function everyNth(values: Float32Array, first: number, step: number, count: number): Float32Array {
  const found = new Float32Array(count)
  for (let i = 0; i < count; i++) found[i] = values[first + i * step]!
  return found
}

/**
 * The kernels of a convolution, `[channel][filter]`, each height × width row by row.
 * @param weights `[height, width, channelsIn, channelsOut]`, as weight files keep them
 */
export function convolutionKernels(weights: Float32Array, shape: readonly number[]): Float32Array[][] {
  const [height, width, channels, filters] = shape
  if (shape.length !== 4 || weights.length !== height! * width! * channels! * filters!)
    throw new Error(
      `expected weights of a convolution, shape [height, width, in, out]; found ${weights.length} of shape [${shape.join(', ')}]`,
    )
  return Array.from({ length: channels! }, (_, channel) =>
    Array.from({ length: filters! }, (_, filter) =>
      everyNth(weights, channel * filters! + filter, channels! * filters!, height! * width!),
    ),
  )
}

/**
 * The incoming weights of each unit of a dense layer, as a picture where its inputs are pixels.
 * @param weights `[inputs, units]`
 */
export function unitPictures(weights: Float32Array, shape: readonly number[]): Float32Array[] {
  const [inputs, units] = shape
  if (shape.length !== 2 || weights.length !== inputs! * units!)
    throw new Error(
      `expected weights of a dense layer, shape [inputs, units]; found ${weights.length} of shape [${shape.join(', ')}]`,
    )
  return Array.from({ length: units! }, (_, unit) => everyNth(weights, unit, units!, inputs!))
}

const energy = (picture: Float32Array) => picture.reduce((sum, v) => sum + v * v, 0)

/** Indices from the largest norm to the smallest; equal ones stay in order. */
export const orderByNorm = (pictures: readonly Float32Array[]): number[] => {
  const energies = pictures.map(energy)
  return energies.map((_, i) => i).sort((a, b) => energies[b]! - energies[a]! || a - b)
}

/** Indices of a convolution's filters by the norm over all their channels, largest first. */
export const filtersByNorm = (kernels: readonly (readonly Float32Array[])[]): number[] =>
  orderByNorm(kernels[0]!.map((_, filter) => Float32Array.from(kernels.flatMap((channel) => [...channel[filter]!]))))

/** The size that a `share` of all weights do not exceed (1: the largest): for the limit of a scale. */
export function signedLimit(pictures: readonly Float32Array[], share = 1): number {
  const sizes = Float32Array.from(pictures.flatMap((picture) => Array.from(picture, Math.abs)))
  return quantile(sizes, share)!
}
