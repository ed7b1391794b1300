import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernelStructure } from '../../experiments/statistics/kernel-structure.ts'

const reference = JSON.parse(readFileSync(new URL('../reference/weight-pictures.json', import.meta.url), 'utf8')) as {
  structure: { kernel: number[]; shares: [number, number, number, number] }[]
}

test.each(reference.structure)('shares of $kernel agree with numpy’s projection', ({ kernel, shares }) => {
  const found = kernelStructure(Float32Array.from(kernel))
  const inOrder = [found.mean, found.edgeX, found.edgeY, found.blur]
  inOrder.forEach((share, i) => expect(share).toBeCloseTo(shares[i]!, 6))
  expect(found.rest).toBeCloseTo(1 - shares.reduce((a, b) => a + b, 0), 6)
})

test('a Sobel kernel is all edge, whatever its sign and size', () => {
  const found = kernelStructure(Float32Array.from([3, 0, -3, 6, 0, -6, 3, 0, -3]))
  expect(found.edgeX).toBeCloseTo(1, 6)
  expect(found.rest).toBeCloseTo(0, 6)
})

test('a kernel of zeros has no energy to share out', () => {
  expect(kernelStructure(new Float32Array(9))).toEqual({ mean: 0, edgeX: 0, edgeY: 0, blur: 0, rest: 0 })
})

test('another size is refused', () => {
  expect(() => kernelStructure(new Float32Array(25))).toThrow('9 weights, but this one has 25')
})
