import { expect, it } from 'vitest'
import { crossEntropy, softmax } from '../../experiments/statistics/softmax.ts'
import { calibrationLogits, reference } from '../reference/statistics.ts'

it("softmax is SciPy's", () => {
  const expected = reference.calibration.probabilitiesOfTheFirst
  softmax(calibrationLogits.subarray(0, 10)).forEach((p, c) => expect(p).toBeCloseTo(expected[c]!, 12))
})

it('softmax and cross-entropy survive logits whose exponentials no double holds', () => {
  expect(softmax([2000, 0, 2000])).toEqual([0.5, 0, 0.5])
  expect(crossEntropy([2000, 0], 1)).toBe(2000)
  expect(crossEntropy([2000, 0], 1, 2)).toBe(1000)
})
