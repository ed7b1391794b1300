import { describe, expect, test } from 'vitest'
import { dropoutMask } from '../../experiments/engine/dropout-mask.ts'
import { reference } from './reference.ts'

const sum = (mask: Uint8Array) => mask.reduce((a, b) => a + b, 0)

describe('a dropout mask', () => {
  test.each(reference.dropout)(
    'has the bits of TensorFlow for seed $seed, step $step, layer $layer and rate $rate',
    ({ seed, step, layer, rate, count, first, kept, checksum }) => {
      const mask = dropoutMask(seed, step, layer, rate, count)
      expect(mask).toHaveLength(count)
      expect([...mask.subarray(0, 64)].join('')).toBe(first)
      expect(sum(mask)).toBe(kept)
      expect(mask.reduce((total, keep, j) => total + keep * (j % 1009), 0)).toBe(checksum)
    },
  )

  test.each([0.25, 0.5, 0.1])('keeps the share 1 − %d, within four standard deviations', (rate) => {
    const count = 200_000
    const share = 1 - Math.round(256 * rate) / 256
    const deviation = Math.sqrt((share * (1 - share)) / count)
    expect(Math.abs(sum(dropoutMask(7, 1, 5, rate, count)) / count - share)).toBeLessThan(4 * deviation)
  })

  test('differs from step to step, layer to layer and seed to seed, and agrees no more than chance', () => {
    const count = 10_000
    const one = dropoutMask(7, 1, 5, 0.5, count)
    for (const other of [dropoutMask(7, 2, 5, 0.5, count), dropoutMask(7, 1, 6, 0.5, count), dropoutMask(8, 1, 5, 0.5, count)]) {
      const agreeing = one.reduce((total, keep, j) => total + (keep === other[j] ? 1 : 0), 0)
      expect(Math.abs(agreeing - count / 2)).toBeLessThan(4 * Math.sqrt(count / 4))
    }
  })

  test('is the same whatever comes after: a smaller batch has the beginning of a larger one’s', () => {
    expect(dropoutMask(7, 3, 5, 0.25, 1003)).toEqual(dropoutMask(7, 3, 5, 0.25, 4096).subarray(0, 1003))
  })
})
