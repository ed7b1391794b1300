import { quantile } from 'd3-array'

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
      Float32Array.from({ length: height! * width! }, (_, i) => weights[(i * channels! + channel) * filters! + filter]!),
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
  return Array.from({ length: units! }, (_, unit) =>
    Float32Array.from({ length: inputs! }, (_, i) => weights[i * units! + unit]!),
  )
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
