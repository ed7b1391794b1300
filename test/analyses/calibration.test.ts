import { expect, test } from 'vitest'
import { calibrationKind, measureCalibration } from '../../experiments/analyses/calibration.ts'
import { calibrationLabels as labels, calibrationLogits as logits, reference } from '../reference/statistics.ts'
import { expectPinned } from './pinned.ts'

const [atOne] = reference.calibration.at.filter(({ temperature }) => temperature === 1)

test('measures probabilities as trained, and at the temperature that validation images ask for', () => {
  const { accuracy, asTrained, tempered } = measureCalibration({ logits, labels }, { logits, labels })
  expect(asTrained.error).toBeCloseTo(atOne!.error, 10)
  expect(asTrained.logLoss).toBeCloseTo(atOne!.logLoss, 10)
  expect(asTrained.brier).toBeCloseTo(atOne!.brier, 10)
  // The bins have the images in other groups, and the same mean.
  const mean = (of: (bin: (typeof atOne & object)['bins'][number]) => number) =>
    atOne!.bins.reduce((sum, bin) => sum + bin[0]! * of(bin), 0) / labels.length
  expect(asTrained.confidence).toBeCloseTo(
    mean(([, confidence]) => confidence!),
    10,
  )
  expect(accuracy).toBeCloseTo(
    mean(([, , right]) => right!),
    10,
  )
  // Of the very images that are scored no temperature has a lower loss than the one SciPy finds.
  expect(tempered!.temperature).toBeCloseTo(reference.calibration.fitted, 5)
  expect(tempered!.logLoss).toBeLessThan(asTrained.logLoss)
  expect(tempered!.validationLoss).toBeCloseTo(atOne!.logLoss, 10)
})

test('fits the temperature on the validation images, not on those that are scored', () => {
  // Ten times the logits ask for ten times the temperature, and then say the same.
  const hot = logits.map((value) => value * 10)
  const { asTrained, tempered } = measureCalibration({ logits, labels }, { logits: hot, labels })
  expect(tempered!.temperature).toBeCloseTo(10 * reference.calibration.fitted, 4)
  expect(tempered!.confidence).toBeLessThan(asTrained.confidence)
})

test('fits none where the test images are the validation images', () => {
  expect(measureCalibration({ logits, labels }, null).tempered).toBeNull()
})

test('gives the numbers of its version', () => {
  expectPinned(calibrationKind, measureCalibration({ logits, labels }, { logits, labels }), { 1: 'dacc374471d2' })
})
