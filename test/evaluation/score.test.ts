import { describe, expect, it } from 'vitest'
import { scoreLogits } from '../../experiments/evaluation/score.ts'
import { scoreSchema } from '../../experiments/results/schema.ts'
import { calibrationLabels, calibrationLogits, classes, reference } from '../reference/statistics.ts'

const { at, confusion, extreme } = reference.calibration

describe('the score of logits', () => {
  it("has scikit-learn's loss and confusion matrix, and the schema accepts it", () => {
    const score = scoreSchema.parse(scoreLogits(calibrationLogits, calibrationLabels))
    expect(score.loss).toBeCloseTo(at[0]!.logLoss, 10)
    expect(score.confusion).toEqual(confusion)
  })

  it('has the right loss for logits whose exponentials no double holds, and takes ties for the lower class', () => {
    const score = scoreLogits(Float32Array.from(extreme.logits), classes(extreme.labels))
    expect(score.loss).toBeCloseTo(extreme.loss, 9)
    // Image 2 ties between 0 and 1, image 3 between all ten.
    expect(score.confusion[1]![0]).toBe(1)
    expect(score.confusion[9]![0]).toBe(1)
    expect(score.accuracy).toBe(1 / 4)
  })

  it.each([NaN, Infinity])('has no loss when a logit is %s, yet counts', (value) => {
    const logits = Float32Array.from(extreme.logits)
    logits[0] = value
    const score = scoreSchema.parse(scoreLogits(logits, classes(extreme.labels)))
    expect(score.loss).toBeNull()
    expect(score.images).toBe(4)
  })

  it('refuses logits that do not match the labels in number, and no images at all', () => {
    expect(() => scoreLogits(new Float32Array(20), new Uint8Array(3))).toThrow('found 20 logits')
    expect(() => scoreLogits(new Float32Array(0), new Uint8Array(0))).toThrow('at least one')
  })
})
