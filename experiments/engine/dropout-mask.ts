import { philox, streams } from '../random.ts'

/**
 * Which activations a dropout layer keeps (1) and drops (0), the same on every engine: activation j, counted row by row over the whole
 * batch, has the j-th byte of the step's Philox words, each word's lowest byte first (TensorFlow's StatelessRandomUniformFullIntV2 and
 * Bitcast to bytes on a little-endian machine).
 * Kept where the byte is at least 256 · rate: the rates 1/4 and 1/2 are exact.
 * @param step the number of the update, from 1
 * @param layer the layer's place in the model's list
 * @param count of the batch's activations
 */
export function dropoutMask(seed: number, step: number, layer: number, rate: number, count: number): Uint8Array {
  const threshold = Math.round(256 * rate)
  const mask = new Uint8Array(count)
  const words = new Uint32Array(4)
  for (let block = 0; block * 16 < count; block++) {
    philox(words, seed, streams.dropout, block, 0, step, layer)
    const end = Math.min(count, block * 16 + 16)
    for (let j = block * 16; j < end; j++) {
      const byte = (words[(j >> 2) & 3]! >>> (8 * (j & 3))) & 0xff
      if (byte >= threshold) mask[j] = 1
    }
  }
  return mask
}
