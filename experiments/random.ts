/**
 * Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), the generator
 * TensorFlow uses. Counter-based, so that any draw of a run (the mask of step 70,000, the 3rd copy of image 12) can be made again
 * without the draws before it, and so that a dropout mask is the same bits on every engine.
 */

/** What a run's seed governs: each stream has a key of its own, so that no two uses share a draw. */
export const streams = { initialisation: 1, order: 2, dropout: 3, augmentation: 4, split: 5, drawing: 6, resampling: 7 } as const
export type Stream = keyof typeof streams

export interface Random {
  /** An integer in [0, 2³²). */
  uint32(): number
  /** A number in [0, 1), a multiple of 2⁻³². */
  uniform(): number
}

const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** The high 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const carry = aLow * bHigh + (middle % 0x10000)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0
}

/** One block of Philox4x32-10: four 32-bit words for a key of two words and a counter of four, written to `out`. */
export function philox(out: Uint32Array, key0: number, key1: number, c0: number, c1: number, c2: number, c3: number): void {
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0)
    const low0 = Math.imul(M0, c0)
    const high1 = mulHigh(M1, c2)
    const low1 = Math.imul(M1, c2)
    c0 = (high1 ^ c1 ^ key0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ key1) >>> 0
    c3 = low0 >>> 0
    key0 = (key0 + W0) >>> 0
    key1 = (key1 + W1) >>> 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/**
 * A sequence of draws fixed by the run's seed, the stream and up to two indices (epoch, image, layer …).
 * @param seed a whole number in [0, 2³²)
 */
export function createRandom(seed: number, stream: Stream, a = 0, b = 0): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`a seed is a whole number from 0 to 4294967295, not ${seed}`)
  const block = new Uint32Array(4)
  let used = 4
  let counter = 0
  const uint32 = () => {
    if (used === 4) {
      philox(block, seed, streams[stream], counter++, 0, a, b)
      used = 0
    }
    return block[used++]!
  }
  return { uint32, uniform: () => uint32() / 0x100000000 }
}

/** Shuffles in place (Fisher–Yates, last to first) and returns the same array. */
export function shuffle<T extends { length: number; [index: number]: number }>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1))
    const kept = items[i]!
    items[i] = items[j]!
    items[j] = kept
  }
  return items
}
