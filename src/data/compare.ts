import { mcnemar, type McNemar } from '../../experiments/statistics/mcnemar.ts'
import { z95, type Interval } from '../../experiments/statistics/interval.ts'
import { pairedSeeds } from '../../experiments/statistics/paired-seeds.ts'
import { pairsOfSeed } from '../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** How the test accuracies of two experiments differ, on the same test images. */
export interface Comparison {
  /** A's accuracy minus B's; the mean over the seeds both have. */
  difference: number
  /** 95 %. */
  interval: Interval
  /** Whether chance alone is a poor explanation of the difference (p < .05, two-sided). */
  distinguishable: boolean
  /**
   * `mcnemar`: mid-p on one pair of runs. `paired-seeds`: t interval over several pairs. `bound`: one pair, without the test labels and
   * without a stored test: the variance is bounded from above by the images that the two classify differently, so that the interval is a little too wide.
   */
  method: 'mcnemar' | 'paired-seeds' | 'bound'
  /** McNemar's mid-p, where it could be computed. */
  p: number | null
  runs: RunRecord[]
}

/** True classes of a run's test images, where the data set at hand is the one it was scored on. */
export function testLabels(data: SiteData, run: RunRecord): Uint8Array | undefined {
  const { dataset } = data
  if (dataset?.id.testLabels !== run.dataset.testLabels) return undefined
  const { labels } = dataset.dataset.test
  return labels.length === run.evaluation.test.images ? labels : undefined
}

/** McNemar's test of two runs: from the labels where they are at hand, else as it was stored with the results. */
function testPair(data: SiteData, a: RunRecord, b: RunRecord): McNemar | undefined {
  const [predictedA, predictedB, labels] = [data.predictions(a), data.predictions(b), testLabels(data, a)]
  if (predictedA && predictedB && labels) return mcnemar(labels, predictedA, predictedB)
  const stored = (one: RunRecord, other: RunRecord) =>
    data.pairTests
      .get(one.protocol)
      ?.pairs.find((pair) => pair.a === one.experiment && pair.b === other.experiment && pair.seed === one.seed)?.test
  const back = stored(b, a)
  return stored(a, b) ?? (back && { ...back, onlyA: back.onlyB, onlyB: back.onlyA, difference: -back.difference })
}

function comparePair(data: SiteData, a: RunRecord, b: RunRecord): Comparison | null {
  const [predictedA, predictedB] = [data.predictions(a), data.predictions(b)]
  const images = a.evaluation.test.images
  if (!predictedA || !predictedB || images !== b.evaluation.test.images) return null
  const around = (difference: number, error: number) => ({ low: difference - z95 * error, high: difference + z95 * error })
  const test = testPair(data, a, b)
  if (test) {
    const { difference, standardError, p } = test
    return {
      difference,
      interval: around(difference, standardError),
      distinguishable: p < 0.05,
      method: 'mcnemar',
      p,
      runs: [a, b],
    }
  }
  const difference = a.evaluation.test.accuracy - b.evaluation.test.accuracy
  const differing = predictedA.reduce((sum, predicted, i) => sum + Number(predicted !== predictedB[i]), 0)
  const interval = around(difference, Math.sqrt(Math.max(0, differing / images - difference ** 2) / images))
  return {
    difference,
    interval,
    distinguishable: interval.low > 0 || interval.high < 0,
    method: 'bound',
    p: null,
    runs: [a, b],
  }
}

/** Compares two experiments over the seeds both were run with; null where they share none, or keep no predictions. */
export function compare(data: SiteData, nameA: string, nameB: string): Comparison | null {
  const pairs = pairsOfSeed(experimentData(data, nameA).runs, experimentData(data, nameB).runs)
  if (pairs.length === 0) return null
  if (pairs.length === 1) return comparePair(data, ...pairs[0]!)
  const { mean, interval } = pairedSeeds(pairs.map(([a, b]) => a.evaluation.test.accuracy - b.evaluation.test.accuracy))
  return {
    difference: mean,
    interval: interval!,
    distinguishable: interval!.low > 0 || interval!.high < 0,
    method: 'paired-seeds',
    p: null,
    runs: pairs.flat(),
  }
}
