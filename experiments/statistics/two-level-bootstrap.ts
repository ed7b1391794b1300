import { mean } from 'd3-array'
import { classCount } from '../models/layers.ts'
import type { Random } from '../random.ts'
import { percentileInterval, type Interval } from './interval.ts'

/** Classes predicted for the same test images by two recipes trained with the same seed. */
export interface SeedPair {
  a: Uint8Array
  b: Uint8Array
}

/** Images of one class that every network took for the same classes are alike for every metric here: one pattern, counted. */
function patternsOf(labels: Uint8Array, predictions: readonly Uint8Array[]) {
  const found = new Map<string, number>()
  const examples: number[] = []
  const patternOfImage = Uint32Array.from(labels, (label, image) => {
    const key = String.fromCharCode(label, ...predictions.map((p) => p[image]!))
    const known = found.get(key)
    if (known !== undefined) return known
    found.set(key, examples.length)
    return examples.push(image) - 1
  })
  return { patternOfImage, examples }
}

/**
 * 95 % interval of the mean over seeds of `metric(A) − metric(B)`, when both the seeds and the test images are a sample: resamples seeds
 * with replacement, then test images with replacement within each class, percentiles. A pair stays together, and one draw of images
 * serves all its seeds: the seeds were scored on the same test set, so that what is peculiar in it doesn't average out over them.
 * With few seeds it is too narrow (seeds vary as (S − 1)/S of the truth): read it beside the t interval of `pairedSeeds`.
 * @param labels true classes of the test images
 * @param pairs one for each seed
 * @param metric of a confusion matrix (rows the true class): accuracy, macroF1
 * @param random of the stream `resampling`
 */
export function twoLevelBootstrap(
  labels: Uint8Array,
  pairs: readonly SeedPair[],
  metric: (confusion: number[][]) => number,
  random: Random,
  resamples = 2000,
): Interval {
  if (pairs.length === 0 || pairs.some(({ a, b }) => a.length !== labels.length || b.length !== labels.length))
    throw new RangeError(`expected at least one pair of predictions for the ${labels.length} labels, found ${pairs.length} pairs`)
  const { patternOfImage, examples } = patternsOf(
    labels,
    pairs.flatMap(({ a, b }) => [a, b]),
  )
  const atExamples = (values: Uint8Array) => Uint8Array.from(examples, (image) => values[image]!)
  const truths = atExamples(labels)
  const guesses = pairs.map(({ a, b }) => ({ a: atExamples(a), b: atExamples(b) }))
  const patternsByClass = Array.from({ length: classCount }, (_, c) => patternOfImage.filter((_, image) => labels[image] === c))

  const drawCounts = () => {
    const counts = new Uint32Array(examples.length)
    for (const patterns of patternsByClass)
      for (let i = 0; i < patterns.length; i++) counts[patterns[Math.floor(random.uniform() * patterns.length)]!]!++
    return counts
  }
  const score = (predicted: Uint8Array, counts: Uint32Array) => {
    const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
    // A loop, for this is where the time goes: two thousand resamples of a few thousand patterns for each network.
    for (let p = 0; p < counts.length; p++) confusion[truths[p]!]![predicted[p]!]! += counts[p]!
    return metric(confusion)
  }
  const replicate = () => {
    const counts = drawCounts()
    const known: number[] = []
    return mean(pairs, () => {
      const seed = Math.floor(random.uniform() * pairs.length)
      const { a, b } = guesses[seed]!
      return (known[seed] ??= score(a, counts) - score(b, counts))
    })!
  }
  return percentileInterval(Array.from({ length: resamples }, replicate))
}
