import { quantile } from 'd3-array'

/** What one layer makes of one picture: `height × width × channels` values, channel last. */
export interface Activations {
  height: number
  width: number
  channels: number
  values: Float32Array
}

/**
 * A valid convolution of stride 1 (cross-correlation, as in Keras) with bias and ReLU.
 * @param kernel `[size, size, channels in, filters]`
 */
export function convolveRelu(input: Activations, kernel: Float32Array, bias: Float32Array, size: number): Activations {
  const filters = bias.length
  const [height, width] = [input.height - size + 1, input.width - size + 1]
  const values = new Float32Array(height * width * filters)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const out = values.subarray((y * width + x) * filters, (y * width + x + 1) * filters)
      out.set(bias)
      for (let dy = 0; dy < size; dy++)
        for (let dx = 0; dx < size; dx++)
          for (let c = 0; c < input.channels; c++) {
            const value = input.values[((y + dy) * input.width + x + dx) * input.channels + c]!
            if (value === 0) continue
            const row = ((dy * size + dx) * input.channels + c) * filters
            for (let f = 0; f < filters; f++) out[f]! += value * kernel[row + f]!
          }
      for (let f = 0; f < filters; f++) out[f] = Math.max(0, out[f]!)
    }
  return { height, width, channels: filters, values }
}

/** The largest value of every `size × size` tile; an odd row or column at the end is left out. */
export function maxPool(input: Activations, size: number): Activations {
  const [height, width, { channels }] = [Math.floor(input.height / size), Math.floor(input.width / size), input]
  const values = new Float32Array(height * width * channels).fill(-Infinity)
  for (let y = 0; y < height * size; y++)
    for (let x = 0; x < width * size; x++)
      for (let c = 0; c < channels; c++) {
        const at = (Math.floor(y / size) * width + Math.floor(x / size)) * channels + c
        values[at] = Math.max(values[at]!, input.values[(y * input.width + x) * channels + c]!)
      }
  return { height, width, channels, values }
}

/**
 * How to turn activations into bytes, all on one scale from 0 to the value that 95 % of those above 0 do not exceed: a few very strong
 * ones would leave the others invisible.
 */
export function activationLevels(all: readonly Float32Array[]): (values: Float32Array) => Uint8Array {
  const positive = all.flatMap((values) => Array.from(values.filter((value) => value > 0)))
  const highest = quantile(positive, 0.95) ?? 1
  return (values) => Uint8Array.from(values, (value) => Math.min(255, Math.round((255 * value) / highest)))
}

/** Each channel as a picture in bytes, all on one scale. */
export function channelPictures({ height, width, channels, values }: Activations): Uint8Array[] {
  const levels = activationLevels([values])
  return Array.from({ length: channels }, (_, c) =>
    levels(Float32Array.from({ length: height * width }, (__, i) => values[i * channels + c]!)),
  )
}
