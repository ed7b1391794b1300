import { calibrationKind, ofPredictions, type Calibration } from '../../../experiments/analyses/calibration.ts'
import { analysisPath, readAnalysis, runSuffix } from '../../../experiments/analyses/stored-analysis.ts'
import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { z95, type Interval } from '../../../experiments/statistics/interval.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import { seedInterval } from '../../../experiments/statistics/seed-interval.ts'
import type { Holds } from '../holds.ts'
import { experimentData, type SiteData } from '../site-data.ts'

interface OfRun {
  run: RunRecord
  result: Calibration
}

/** How far the probabilities of an experiment's runs can be trusted, of each run of which it was measured. */
export const calibrationsOf = (data: SiteData, experiment: string): OfRun[] =>
  experimentData(data, experiment).runs.flatMap((run) => {
    const of = ofPredictions(run)
    const result = of && readAnalysis(calibrationKind, analysisPath(data.resultsDir, calibrationKind, runSuffix(run)), of)
    return result ? [{ run, result }] : []
  })

/** 95 % interval of the calibration error: over seeds, Student's t; of one seed over test images. */
export const errorInterval = (found: readonly OfRun[]): Interval =>
  seedInterval(found.map(({ result }) => result.asTrained.error)) ?? found[0]!.result.asTrained.interval

/** Whether a network is surer of its answers than it is right: over seeds, or of one seed by more than the draw of test images explains. */
export function overconfident(data: SiteData, experiment: string): Holds {
  const found = calibrationsOf(data, experiment)
  if (found.length === 0) return null
  const gaps = found.map(({ result }) => result.asTrained.confidence - result.accuracy)
  const overSeeds = seedInterval(gaps)
  if (overSeeds) return overSeeds.low > 0
  const [{ run, result }] = found as [OfRun]
  return gaps[0]! > z95 * Math.sqrt((result.accuracy * (1 - result.accuracy)) / run.evaluation.test.images)
}

/** Whether A's calibration error is surely smaller than B's: over pairs of runs of one seed; of one pair, where their intervals don't touch. */
export function calibratedBetter(data: SiteData, a: string, b: string): Holds {
  const ofSeeds = (name: string) => calibrationsOf(data, name).map(({ run: { seed }, result }) => ({ seed, ...result.asTrained }))
  const pairs = pairsOfSeed(ofSeeds(a), ofSeeds(b))
  if (pairs.length === 0) return null
  const { interval } = pairedSeeds(pairs.map(([one, other]) => one.error - other.error))
  return interval ? interval.high < 0 : pairs[0]![0].interval.high < pairs[0]![1].interval.low
}

/** The run of which a temperature was fitted: that whose weights are kept. */
export const temperedOf = (found: readonly OfRun[]) => found.find(({ result }) => result.tempered)?.result

/** Whether the fitted temperature takes more than half of an experiment's calibration error away; null where none was fitted. */
export function temperatureHelps(data: SiteData, experiment: string): Holds {
  const found = temperedOf(calibrationsOf(data, experiment))
  return found ? found.tempered!.error < found.asTrained.error / 2 : null
}

/** Whether all runs of one set read less than all of another, and have smaller calibration errors; null while either is empty. */
export function readLessButBetterCalibrated(some: readonly OfRun[], others: readonly OfRun[]): Holds {
  if (some.length === 0 || others.length === 0) return null
  const [accuracy, error] = [({ result }: OfRun) => result.accuracy, ({ result }: OfRun) => result.asTrained.error]
  return some.every((one) => others.every((other) => accuracy(one) < accuracy(other) && error(one) < error(other)))
}
