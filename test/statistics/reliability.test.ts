import { describe, expect, it } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { calibrationErrorInterval, expectedCalibrationError, reliabilityBins } from '../../experiments/statistics/reliability.ts'
import { calibrationLabels as labels, calibrationLogits as logits, reference } from '../reference/statistics.ts'

describe.each(reference.calibration.at)('at temperature $temperature', ({ temperature, ...expected }) => {
  it('has fifteen bins of equal size with the confidence and accuracy of the definition', () => {
    const bins = reliabilityBins(logits, labels, temperature)
    expect(bins.map((bin) => bin.images)).toEqual(expected.bins.map(([images]) => images))
    bins.forEach(({ confidence, accuracy }, i) => {
      expect(confidence).toBeCloseTo(expected.bins[i]![1]!, 10)
      expect(accuracy).toBeCloseTo(expected.bins[i]![2]!, 10)
    })
  })

  it('has the expected calibration error of the definition', () => {
    expect(expectedCalibrationError(logits, labels, temperature)).toBeCloseTo(expected.error, 10)
  })
})

describe('the interval of the calibration error', () => {
  it('is that of resampling image by image, to a fortieth of its width', () => {
    const [low, high] = reference.calibration.errorInterval as [number, number]
    const found = calibrationErrorInterval(logits, labels, createRandom(1, 'resampling'), 1, 10_000)
    expect(Math.abs(found.low - low)).toBeLessThan((high - low) / 40)
    expect(Math.abs(found.high - high)).toBeLessThan((high - low) / 40)
  })

  it('is somewhat too narrow: it holds the truth mostly, but less often than 95 times in 100', () => {
    const random = createRandom(1, 'drawing')
    const images = 1000
    // Surer by a tenth than right, at every confidence: the true error is a tenth.
    const holds = () => {
      const outputs = new Float32Array(images * 10)
      const classes = new Uint8Array(images)
      for (let i = 0; i < images; i++) {
        const confidence = 0.55 + 0.4 * random.uniform()
        outputs[i * 10 + (i % 10)] = Math.log((9 * confidence) / (1 - confidence))
        classes[i] = random.uniform() < confidence - 0.1 ? i % 10 : (i + 1) % 10
      }
      const { low, high } = calibrationErrorInterval(outputs, classes, random, 1, 200)
      return low <= 0.1 && high >= 0.1
    }
    const held = Array.from({ length: 100 }, holds).filter(Boolean).length
    expect(held).toBeGreaterThan(80)
    expect(held).toBeLessThan(95)
  })

  it('never reaches below 0', () => {
    // Right and sure: nothing is wrong with this calibration.
    const sure = Float32Array.from({ length: 200 }, (_, k) => (k % 10 === 3 ? 50 : 0))
    expect(calibrationErrorInterval(sure, new Uint8Array(20).fill(3), createRandom(1, 'resampling'), 1, 20).low).toBe(0)
  })
})

it('leaves out the bins that fewer than fifteen images leave empty', () => {
  expect(reliabilityBins(logits.subarray(0, 40), labels.subarray(0, 4)).map((bin) => bin.images)).toEqual([1, 1, 1, 1])
})
