import { expect, it } from 'vitest'
import { predictedClasses } from '../../experiments/statistics/predicted-classes.ts'

it('takes the highest logit, the lowest class on ties, and 0 where all are NaN', () => {
  const rows = [
    [-9, -8, -7, -1, -2, -3, -4, -5, -6, -7],
    [0, 0, 5, 1, 5, 5, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    new Array<number>(10).fill(NaN),
  ]
  expect([...predictedClasses(Float32Array.from(rows.flat()))]).toEqual([3, 2, 9, 0])
})
