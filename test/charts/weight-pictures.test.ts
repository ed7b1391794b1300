import { expect, test } from 'vitest'
import { convolutionKernels, filtersByNorm, orderByNorm, signedLimit, unitPictures } from '../../src/charts/weight-pictures.ts'

test('kernels are taken from [height, width, in, out] by channel and filter', () => {
  // Each weight says where it is: row, column, channel, filter.
  const shape = [2, 2, 3, 4]
  const weights = new Float32Array(48)
  let i = 0
  for (let y = 0; y < 2; y++)
    for (let x = 0; x < 2; x++)
      for (let c = 0; c < 3; c++) for (let f = 0; f < 4; f++) weights[i++] = y * 1000 + x * 100 + c * 10 + f
  const kernels = convolutionKernels(weights, shape)
  expect([kernels.length, kernels[0]!.length]).toEqual([3, 4])
  expect([...kernels[2]![3]!]).toEqual([23, 123, 1023, 1123])
})

test('unit pictures are the columns of a dense layer', () => {
  const pictures = unitPictures(Float32Array.from([1, 10, 2, 20, 3, 30]), [3, 2])
  expect(pictures.map((p) => [...p])).toEqual([
    [1, 2, 3],
    [10, 20, 30],
  ])
})

test('weights that are not of the shape are refused', () => {
  expect(() => convolutionKernels(new Float32Array(5), [3, 3, 1, 32])).toThrow('found 5 of shape [3, 3, 1, 32]')
  expect(() => unitPictures(new Float32Array(5), [784, 10])).toThrow('found 5 of shape [784, 10]')
})

test('pictures are ordered by norm, equal ones as they came', () => {
  const pictures = [
    [1, 0],
    [0, -3],
    [0, 1],
    [2, 2],
  ].map((p) => Float32Array.from(p))
  expect(orderByNorm(pictures)).toEqual([1, 3, 0, 2])
})

test('filters are ordered by the norm over all channels', () => {
  const kernel = (v: number) => Float32Array.from([v])
  expect(
    filtersByNorm([
      [kernel(1), kernel(2), kernel(0)],
      [kernel(1), kernel(2), kernel(4)],
    ]),
  ).toEqual([2, 1, 0])
})

test('the limit of a scale is the size that the given share of weights stays below', () => {
  const pictures = [Float32Array.from([-4, 1]), Float32Array.from([2, -3, 0])]
  expect(signedLimit(pictures)).toBe(4)
  expect(signedLimit(pictures, 0.5)).toBe(2)
})
