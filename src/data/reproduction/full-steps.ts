import { mean, sum } from 'd3-array'
import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import { endedRuns } from '../ended-runs.ts'
import { all, type Holds } from '../holds.ts'
import { auditedNetworks, auditedRuns, runsOfProtocol } from './protocol-audit.ts'
import { testAccuracy, updatesPerEpoch } from '../measures.ts'
import { publishedNumber } from './published-measures.ts'
import { experimentData, type SiteData } from '../site-data.ts'

/** Rates of the sweep that the audit at 0.001 reaches in product: after ten times as many epochs as the rate is larger. */
const comparedRates = [0.002, 0.005, 0.01]
const sweptEpochs = 10
/** Half a point. */
const alike = 0.005

/** Test accuracy of an audit's run after an epoch, minus that of the sweep's run of the same seed at a rate; of every seed of both. */
function productDifferences(data: SiteData, experiment: string, rate: number): number[] {
  const epoch = Math.round((sweptEpochs * rate) / 0.001)
  const pairs = pairsOfSeed(
    runsOfProtocol(data, 'audit-0.001', experiment),
    runsOfProtocol(data, `sweep-adadelta-${rate}`, experiment),
  )
  return pairs.flatMap(([{ history }, swept]) => {
    const accuracy = history[epoch - 1]?.testAccuracy
    return accuracy === undefined ? [] : accuracy - swept.evaluation.test.accuracy
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
  const ends = runsOfProtocol(endedRuns(data), 'published', name).map(testAccuracy)
  const { published } = experimentData(data, name)
  const audits = auditedRuns(data, 'audit-1.0', name)
  if (ends.length === 0 || !published || audits.length === 0) return null
  const bar = Math.max(...ends, published.last.valAccuracy)
  return audits.every(({ run }) => (run.history[epochs - 1]?.testAccuracy ?? 0) > bar)
}

/**
 * Whether at rate 1.0 more full steps bring less: audited runs that made at least as many as any run of ours under the original's protocol
 * made in all read less than every one of those at its end.
 */
function bringLess(data: SiteData, name: string): Holds {
  const ended = runsOfProtocol(endedRuns(data), 'published', name)
  const audits = runsOfProtocol(data, 'audit-1.0', name)
  if (ended.length === 0 || audits.length === 0) return null
  const most = Math.max(...ended.map((run) => updatesPerEpoch(run) * sum(run.history, ({ learningRate }) => learningRate)))
  const lowest = Math.min(...ended.map(testAccuracy))
  return audits.every((run) => (run.history[Math.ceil(most / updatesPerEpoch(run)) - 1]?.testAccuracy ?? Infinity) < lowest)
}

export const fullStepsBringLess = (data: SiteData): Holds => all(auditedNetworks.map((name) => bringLess(data, name)))

export const fewFullEpochsSuffice = (data: SiteData): Holds => all([passedAfter(data, 'cnn', 2), passedAfter(data, 'fcnn', 3)])

/** Mean test accuracy of the last weights where the original's rule, on the test loss, would have ended audits at rate 1.0. */
const ruleAtFullRate = (data: SiteData, name: string): number | undefined =>
  mean(auditedRuns(data, 'audit-1.0', name), ({ byRule }) => byRule?.test.accuracy)

/**
 * Whether the rate alone, under the original's rule and choice of weights, brings four fifths of what all of our choices do together, and
 * of the CNN's lead; null while a run for it is missing.
 */
export function rateAloneSuffices(data: SiteData): Holds {
  const score = (of: SiteData, protocol: string, name: string) => mean(runsOfProtocol(of, protocol, name), testAccuracy)
  const [cnn, fcnn] = auditedNetworks.map((name) => {
    const [ours, theirs] = [score(data, 'corrected', name), score(endedRuns(data), 'published', name)]
    const withRate = ruleAtFullRate(data, name)
    return ours === undefined || theirs === undefined || withRate === undefined ? null : { ours, theirs, withRate }
  })
  if (!cnn || !fcnn) return null
  const most = ({ ours, theirs, withRate }: typeof cnn) => withRate - theirs > 0.8 * (ours - theirs)
  return most(cnn) && most(fcnn) && cnn.withRate - fcnn.withRate > 0.8 * (cnn.ours - fcnn.ours)
}

/**
 * By how much the original's augmented network is ahead at its end, in test accuracy: of its own plain one, and of plain ones of ours that
 * made no more full steps (so many whole epochs at rate 1.0), on average. Null where a run did not
 * go so far, and without runs.
 */
export function printedGain(data: SiteData, name: string): { inAll: number; besidePlain: number } | null {
  const { published } = data
  const [plain, augmented] = [published.experiments[name], published.experiments[`${name}-augmented`]]
  if (!plain || !augmented) return null
  const steps = publishedNumber(published, 'fullSteps', `${name}-augmented`).value
  const reached = runsOfProtocol(data, 'audit-1.0', name).map(
    (run) => run.history[Math.floor(steps / updatesPerEpoch(run)) - 1]?.testAccuracy,
  )
  if (reached.length === 0 || reached.includes(undefined)) return null
  const end = augmented.last.valAccuracy
  return { inAll: end - plain.last.valAccuracy, besidePlain: end - mean(reached)! }
}

/** Whether plain networks of ours that made no more full steps come within a point of each of the original's augmented ones, or pass it. */
export const plainComesNear = (data: SiteData): Holds =>
  all(
    auditedNetworks.map((name) => {
      const found = printedGain(data, name)
      return found && found.besidePlain < 0.01
    }),
  )
