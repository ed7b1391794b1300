import { sum } from 'd3-array'
import { classCount } from '../models/layers.ts'
import type { Random } from '../random.ts'
import { percentileInterval, type Interval } from './interval.ts'
import { softmax } from './softmax.ts'

const binCount = 15

/** A bin of a reliability diagram. */
export interface ReliabilityBin {
  images: number
  /** Mean probability of the predicted class. */
  confidence: number
  /** Share classified right. */
  accuracy: number
}

interface Ranked {
  label: number
  confidence: number
  right: boolean
}

/** Images from the least to the most confident; equals in the order given. */
function rank(logits: Float32Array, labels: Uint8Array, temperature: number): Ranked[] {
  return Array.from(labels, (label, i) => {
    const probabilities = softmax(logits.subarray(i * classCount, (i + 1) * classCount), temperature)
    const confidence = Math.max(...probabilities)
    return { label, confidence, right: probabilities.indexOf(confidence) === label }
  }).sort((a, b) => a.confidence - b.confidence)
}

/** Cuts ranked images, each taken `copies(i)` times and as many in all as there are images, into bins of equal size. */
function cut(ranked: readonly Ranked[], copies: (i: number) => number): ReliabilityBin[] {
  const bins = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, accuracy: 0 }))
  const end = (bin: number) => Math.floor(((bin + 1) * ranked.length) / binCount)
  let bin = 0
  let position = 0
  ranked.forEach(({ confidence, right }, i) => {
    for (let left = copies(i); left > 0;) {
      while (position === end(bin)) bin++
      const taken = Math.min(left, end(bin) - position)
      bins[bin]!.images += taken
      bins[bin]!.confidence += taken * confidence
      bins[bin]!.accuracy += taken * Number(right)
      left -= taken
      position += taken
    }
  })
  return bins
    .filter(({ images }) => images > 0)
    .map(({ images, confidence, accuracy }) => ({ images, confidence: confidence / images, accuracy: accuracy / images }))
}

const error = (bins: readonly ReliabilityBin[]) =>
  sum(bins, (bin) => bin.images * Math.abs(bin.accuracy - bin.confidence)) / sum(bins, (bin) => bin.images)

/** The 15 bins of a reliability diagram, of equally many images, from the least to the most confident. `logits` is `[n, 10]`. */
export const reliabilityBins = (logits: Float32Array, labels: Uint8Array, temperature = 1): ReliabilityBin[] =>
  cut(rank(logits, labels, temperature), () => 1)

/**
 * Expected calibration error: mean distance of confidence and accuracy over 15 bins of equally many images. Never below 0, so that chance
 * makes it a little too large.
 */
export const expectedCalibrationError = (logits: Float32Array, labels: Uint8Array, temperature = 1): number =>
  error(reliabilityBins(logits, labels, temperature))

/**
 * 95 % interval of the expected calibration error over test images: bootstrap stratified by class. A resample is as much worse calibrated
 * than the sample, by chance, as the sample is than the truth; so the replicates' quantiles are mirrored at the estimate (the "basic"
 * interval, Davison & Hinkley 1997, 5.2), and cut off at 0. Somewhat too narrow (a test has how often it holds the truth), most of all
 * where calibration is perfect; unmirrored percentiles never hold the truth there.
 * @param random of the stream `resampling`
 */
export function calibrationErrorInterval(
  logits: Float32Array,
  labels: Uint8Array,
  random: Random,
  temperature = 1,
  resamples = 1000,
): Interval {
  const ranked = rank(logits, labels, temperature)
  const byClass = Array.from({ length: classCount }, (_, c) => ranked.flatMap(({ label }, i) => (label === c ? [i] : [])))
  const replicate = () => {
    const copies = new Uint32Array(ranked.length)
    for (const images of byClass)
      for (let i = 0; i < images.length; i++) copies[images[Math.floor(random.uniform() * images.length)]!]!++
    return error(cut(ranked, (i) => copies[i]!))
  }
  const { low, high } = percentileInterval(Array.from({ length: resamples }, replicate))
  const estimate = error(cut(ranked, () => 1))
  return { low: Math.max(0, 2 * estimate - high), high: Math.max(0, 2 * estimate - low) }
}
