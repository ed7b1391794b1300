import { describe, expect, it } from 'vitest'
import { brierScore, fitTemperature, logLoss } from '../../experiments/statistics/calibration.ts'
import { calibrationLabels as labels, calibrationLogits as logits, reference } from '../reference/statistics.ts'

describe.each(reference.calibration.at)('at temperature $temperature', ({ temperature, ...expected }) => {
  it("the log-loss is scikit-learn's", () => expect(logLoss(logits, labels, temperature)).toBeCloseTo(expected.logLoss, 10))
  it("Brier's score is scikit-learn's", () => expect(brierScore(logits, labels, temperature)).toBeCloseTo(expected.brier, 10))
})

it('the fitted temperature is where SciPy finds the least log-loss', () => {
  expect(fitTemperature(logits, labels)).toBeCloseTo(reference.calibration.fitted, 5)
})

it('the fitted temperature is the least allowed when every image is right', () => {
  expect(fitTemperature(new Float32Array([5, 0, 0, 0, 0, 0, 0, 0, 0, 0]), new Uint8Array([0]))).toBeCloseTo(0.01, 6)
})
