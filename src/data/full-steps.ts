import { mean } from 'd3-array'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { endedRuns } from './ended-runs.ts'
import { all, type Holds } from './holds.ts'
import { allTogether, auditedNetworks, auditedRuns } from './protocol-audit.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** Rates of the sweep that the audit at 0.001 reaches in product: after ten times as many epochs as the rate is larger. */
const comparedRates = [0.002, 0.005, 0.01]
const sweptEpochs = 10
/** Half a point. */
const alike = 0.005

const runsOf = (data: SiteData, protocol: string, experiment: string): RunRecord[] =>
  data.allRuns.filter((run) => run.protocol === protocol && run.experiment === experiment)

/** Test accuracy of an audit's run after an epoch, minus that of the sweep's run of the same seed at a rate; of every seed of both. */
function productDifferences(data: SiteData, experiment: string, rate: number): number[] {
  const epoch = Math.round((sweptEpochs * rate) / 0.001)
  return runsOf(data, 'audit-0.001', experiment).flatMap(({ seed, history }) => {
    const swept = runsOf(data, `sweep-adadelta-${rate}`, experiment).find((run) => run.seed === seed)
    const accuracy = history[epoch - 1]?.testAccuracy
    return swept && accuracy !== undefined ? accuracy - swept.evaluation.test.accuracy : []
  })
}

/** Whether runs of equal rate times epochs read alike, whatever the rate, while it is small; null while a pair is missing. */
export const rateTimesEpochs = (data: SiteData): Holds =>
  all(
    auditedNetworks.flatMap((name) =>
      comparedRates.map((rate) => {
        const differences = productDifferences(data, name, rate)
        return differences.length ? differences.every((difference) => Math.abs(difference) < alike) : null
      }),
    ),
  )

/** Whether so many epochs at rate 1.0 take every audited run past where the original's protocol ends, in the original and in ours. */
function passedAfter(data: SiteData, name: string, epochs: number): Holds {
  const ends = runsOf(endedRuns(data), 'published', name).map(({ evaluation }) => evaluation.test.accuracy)
  const { published } = experimentData(data, name)
  const audits = auditedRuns(data, 'audit-1.0', name)
  if (ends.length === 0 || !published || audits.length === 0) return null
  const bar = Math.max(...ends, published.last.valAccuracy)
  return audits.every(({ run }) => run.history.slice(0, epochs).some(({ testAccuracy }) => (testAccuracy ?? 0) > bar))
}

export const fewFullEpochsSuffice = (data: SiteData): Holds => all([passedAfter(data, 'cnn', 2), passedAfter(data, 'fcnn', 3)])

/** Mean test accuracy of the last weights where the original's rule, on the test loss, would have ended audits at rate 1.0. */
const ruleAtFullRate = (data: SiteData, name: string): number | undefined =>
  mean(auditedRuns(data, 'audit-1.0', name), ({ byRule }) => byRule?.test.accuracy)

/**
 * Whether the rate alone, under the original's rule and choice of weights, brings four fifths of what all of our choices do together, and
 * of the CNN's lead; null while a run for it is missing.
 */
export function rateAloneSuffices(data: SiteData): Holds {
  const [cnn, fcnn] = auditedNetworks.map((name) => {
    const found = allTogether(data, name)
    const withRate = ruleAtFullRate(data, name)
    const theirs = mean(runsOf(endedRuns(data), 'published', name), ({ evaluation }) => evaluation.test.accuracy)
    return found && withRate !== undefined && theirs !== undefined ? { whole: found.value, theirs, withRate } : null
  })
  if (!cnn || !fcnn) return null
  const most = ({ whole, theirs, withRate }: typeof cnn) => withRate - theirs > 0.8 * whole
  const lead = cnn.theirs + cnn.whole - (fcnn.theirs + fcnn.whole)
  return most(cnn) && most(fcnn) && cnn.withRate - fcnn.withRate > 0.8 * lead
}
