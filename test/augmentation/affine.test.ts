import { describe, expect, it } from 'vitest'
import { affineTransform, identity } from '../../experiments/augmentation/affine.ts'
import reference from '../reference/augmentation.json' with { type: 'json' }

const pictureOf = (grey: (row: number, column: number) => number) =>
  Uint8Array.from({ length: 784 }, (_, i) => grey(Math.floor(i / 28), i % 28))

/** The formulas of test/reference/augmentation.py. */
const pictures: Record<string, Uint8Array> = {
  pattern: pictureOf((row, column) => (row * 7 + column * 13) % 256),
  disc: pictureOf((row, column) => ((row - 11) ** 2 + (column - 16) ** 2 <= 64 ? 255 : 0)),
  stroke: pictureOf((row, column) => Math.max(0, 255 - 40 * Math.abs(row - 2 * column + 12))),
}

function kerasResult(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
}

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)

describe('affineTransform', () => {
  it.each(reference.cases)('gives what Keras gives of $picture for $parameters', ({ picture, parameters, result }) => {
    const expected = kerasResult(result)
    const target = new Float32Array(784)
    affineTransform(pictures[picture]!, 0, target, 0, parameters)
    expect(expected).toHaveLength(784)
    // Grey levels of 255: float32's own rounding.
    expect(largestDifference(target, expected)).toBeLessThan(3e-5)
  })

  it('leaves a picture as it is where nothing is to be done', () => {
    const target = new Float32Array(784)
    affineTransform(pictures.pattern!, 0, target, 0, identity)
    expect(target).toEqual(Float32Array.from(pictures.pattern!))
  })

  it('reads and writes at its offsets and touches nothing else', () => {
    const source = new Uint8Array(3 * 784).fill(99)
    source.set(pictures.stroke!, 784)
    const target = new Float32Array(3 * 784).fill(-1)
    affineTransform(source, 784, target, 2 * 784, identity)
    expect(target.subarray(0, 2 * 784)).toEqual(new Float32Array(2 * 784).fill(-1))
    expect(target.subarray(2 * 784)).toEqual(Float32Array.from(pictures.stroke!))
  })
})
