import { describe, expect, it } from 'vitest'
import { affineTransform } from '../../experiments/augmentation/affine.ts'
import { augmentImage, drawParameters } from '../../experiments/augmentation/augment.ts'
import { createRandom } from '../../experiments/random.ts'

const settings = { rotation: 10, shift: 0.1, shear: 0.1, zoom: [0.9, 1.1] as [number, number] }
const disc = Uint8Array.from({ length: 784 }, (_, i) => ((Math.floor(i / 28) - 11) ** 2 + ((i % 28) - 16) ** 2 <= 64 ? 255 : 0))

const augmented = (seed: number, draw: number, imageIndex: number) => {
  const target = new Float32Array(784)
  augmentImage(disc, 0, target, 0, settings, seed, draw, imageIndex)
  return target
}

describe('drawParameters', () => {
  const draws = Array.from({ length: 20_000 }, (_, i) => drawParameters(settings, createRandom(5, 'augmentation', 1, i)))

  it.each([
    ['theta', -10, 10],
    ['tx', -2.8, 2.8],
    ['ty', -2.8, 2.8],
    ['shear', -0.1, 0.1],
    ['zx', 0.9, 1.1],
    ['zy', 0.9, 1.1],
  ] as const)('draws %s uniformly from %d to %d', (name, low, high) => {
    const tenths = new Array<number>(10).fill(0)
    const shares = draws.map((parameters) => (parameters[name] - low) / (high - low))
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...shares)).toBeLessThan(1)
    for (const share of shares) tenths[Math.floor(share * 10)]!++
    // Chi-square over the tenths: 9 degrees of freedom, the .999 quantile.
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    expect(chiSquare).toBeLessThan(27.88)
  })

  it('draws every parameter independently of the others', () => {
    const columns = (['theta', 'tx', 'ty', 'shear', 'zx', 'zy'] as const).map((name) => draws.map((d) => d[name]))
    const standardised = columns.map((values) => {
      const mean = values.reduce((a, b) => a + b) / values.length
      const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
      return values.map((v) => (v - mean) / spread)
    })
    for (const [i, a] of standardised.entries())
      for (const b of standardised.slice(i + 1)) {
        const correlation = a.reduce((sum, value, k) => sum + value * b[k]!, 0) / a.length
        expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(a.length))
      }
  })

  it('draws nothing but the identity from empty ranges', () => {
    const parameters = drawParameters({ rotation: 0, shift: 0, shear: 0, zoom: [1, 1] }, createRandom(1, 'augmentation'))
    const target = new Float32Array(784)
    affineTransform(disc, 0, target, 0, parameters)
    expect(target).toEqual(Float32Array.from(disc))
  })
})

describe('augmentImage', () => {
  it('makes the same copy again without the others', () => {
    const first = augmented(7, 3, 12)
    augmented(7, 3, 13)
    expect(augmented(7, 3, 12)).toEqual(first)
  })

  it('warps as the parameters of its seed, draw and image say', () => {
    const expected = new Float32Array(784)
    affineTransform(disc, 0, expected, 0, drawParameters(settings, createRandom(7, 'augmentation', 3, 12)))
    expect(augmented(7, 3, 12)).toEqual(expected)
  })

  it('makes another copy for another seed, draw or image', () => {
    const copies = [augmented(7, 3, 12), augmented(8, 3, 12), augmented(7, 4, 12), augmented(7, 3, 13)]
    expect(new Set(copies.map((copy) => copy.join())).size).toBe(4)
  })
})
