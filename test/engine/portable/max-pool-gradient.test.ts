import { expect, test } from 'vitest'
import { maxPoolGradient } from '../../../experiments/engine/portable/max-pool-gradient.ts'

const from = (...values: number[]) => Float32Array.from(values)

test('a window gives its gradient to its largest value, and to the first of equals row by row, as TensorFlow does', () => {
  // prettier-ignore
  const x = from(
    1, 5,  2, 2,
    3, 4,  2, 2,
    0, 0,  -3, -1,
    0, 7,  -1, -2,
  )
  // prettier-ignore
  expect(maxPoolGradient(x, [1, 4, 4, 1], from(10, 20, 30, 40), 2)).toEqual(from(
    0, 10,  20, 0,
    0, 0,   0, 0,
    0, 0,   0, 40,
    0, 30,  0, 0,
  ))
})

test('channels and pictures are kept apart, and rows and columns that fill no window get nothing', () => {
  // Two pictures of 3 × 3 with two channels; a window of 2 × 2 fits once.
  const picture = [1, 9, 2, 8, 50, 50, 3, 7, 4, 6, 50, 50, 50, 50, 50, 50, 50, 50]
  const gradient = maxPoolGradient(from(...picture, ...picture), [2, 3, 3, 2], from(1, 2, 3, 4), 2)
  const expected = new Float32Array(36)
  expected[8] = 1 // the lower right of the first channel
  expected[1] = 2 // the upper left of the second
  expected[26] = 3
  expected[19] = 4
  expect(gradient).toEqual(expected)
})
