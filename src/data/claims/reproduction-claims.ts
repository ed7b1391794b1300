import { extent } from 'd3-array'
import { equalEpochs, leadShrinks, printedAhead } from '../reproduction/equal-epochs.ts'
import { endedRuns } from '../ended-runs.ts'
import { all, type Holds } from '../holds.ts'
import { testAccuracy, updatesPerEpoch } from '../measures.ts'
import { auditedNetworks, auditedRuns, gainAtEqualUpdates } from '../reproduction/protocol-audit.ts'
import { lastNearBest } from '../reproduction/last-near-best.ts'
import { olderKerasAlike } from '../reproduction/older-keras.ts'
import { cutEndsLearning, printedStillFalling } from '../reproduction/rate-cut.ts'
import {
  lagsBehind,
  meetsLoss,
  meetsScore,
  printedAt,
  reproductions,
  reproductionsOf,
  type Reproduction,
} from '../reproduction/reproduction.ts'
import { cutByRoughness, cutWhileFalling } from '../reproduction/roughness.ts'
import type { SiteData } from '../site-data.ts'

/** Every expectation that can be checked of a run is met; null while none can. */
function allMet(data: SiteData, expectations: readonly ((one: Reproduction) => Holds)[]): Holds {
  const checks = reproductions(data).flatMap((one) => expectations.map((meets) => meets(one)))
  const known = checks.filter((met) => met !== null)
  return known.length ? known.every(Boolean) : null
}

/** The runs of each of these experiments under the original's protocol that ended by its own rule; null while one has none. */
function endedReproductions(data: SiteData, names: readonly string[]): Reproduction[][] | null {
  const own = names.map((name) => reproductionsOf(endedRuns(data), name))
  return own.some((runs) => runs.length === 0) ? null : own
}

/** Every one of those runs met what was expected; null while an experiment has none. */
function reproducedWhole(data: SiteData, names: readonly string[]): Holds {
  const own = endedReproductions(data, names)
  return own && own.flat().every((one) => meetsLoss(one) && meetsScore(one))
}

const everyPublishedEnded = (data: SiteData): Holds => {
  if (reproductions(data).length === 0) return null
  const ended = new Set(reproductions(endedRuns(data)).map(({ one }) => one.experiment.name))
  return data.experiments.every(({ experiment, published }) => !published || ended.has(experiment.name))
}

function publishedEnded(data: SiteData, name: string): Holds {
  const own = reproductionsOf(data, name)
  return own.length ? own.every(({ run }) => run.status === 'converged') : null
}

/** At the original's last epoch its CNN, trained again, read fewer test images than the FCNN at its end; the rule let it go on, and it reads more. */
function stopDecides(data: SiteData): Holds {
  const own = endedReproductions(data, ['cnn', 'fcnn'])
  if (!own) return null
  const [cnn, fcnn] = own as [Reproduction[], Reproduction[]]
  const accuracy = ({ run }: Reproduction) => testAccuracy(run)
  const [lowest, highest] = extent(fcnn, accuracy) as [number, number]
  return cnn.every(
    (one) => one.lastCommon?.epoch === one.published.lastEpoch && one.lastCommon.ours < lowest && highest < accuracy(one),
  )
}

/**
 * Every run whose macro F1 misses its tolerance agrees with the original at equal epochs, in loss, and within half a point of accuracy at
 * the last epoch of both: what parts them is when the rule ended them. Null while none misses it.
 */
function missesByStop(data: SiteData): Holds {
  const missing = reproductions(data).filter((one) => meetsScore(one) === false)
  const alike = ({ lastCommon }: Reproduction) => lastCommon !== null && Math.abs(lastCommon.ours - lastCommon.printed) < 0.005
  return missing.length
    ? missing.every((one) => meetsLoss(one) === true && alike(one) && one.run.epochs !== one.published.lastEpoch)
    : null
}

/** Whether every network with convolutions has a loss above the printed one throughout, by up to a fifth of the epochs; null before each can be compared. */
const convolutionalLag = (data: SiteData): Holds =>
  all(
    ['cnn', 'cnn-augmented', 'cnn-no-pooling'].map((name) => {
      const own = reproductionsOf(data, name)
      return own.length ? all(own.map((one) => lagsBehind(one, 0.2))) : null
    }),
  )

/** Whether the audit's CNNs at the original's rate end, at equal updates, some above and some below the loss that it prints. */
function auditOnEitherSide(data: SiteData): Holds {
  const [own] = reproductionsOf(data, 'cnn')
  const audits = auditedRuns(data, 'audit-0.001', 'cnn')
  if (!own || audits.length < 2) return null
  const sides = audits.map(({ run }) => {
    const printed = printedAt(own.published.curve, (run.epochs * updatesPerEpoch(run)) / updatesPerEpoch(own.run), 'loss')
    const ours = run.history.at(-1)!.testLoss
    return typeof ours === 'number' && printed !== null ? Math.sign(ours - printed) : null
  })
  return sides.includes(null) ? null : new Set(sides).size > 1
}

/** Whether our FCNNs, which differ by seed alone, stopped some before and some after the original's; null below two. */
function stopsAmongSeeds(data: SiteData): Holds {
  const own = reproductionsOf(endedRuns(data), 'fcnn')
  if (own.length < 2) return null
  const [first, last] = extent(own, ({ run }) => run.epochs) as [number, number]
  const { lastEpoch } = own[0]!.published
  return first < lastEpoch && lastEpoch < last
}

/** Whether every run scores a test loss of more than twice its training loss, dropout off; null while there is none. */
function allOverfit(data: SiteData): Holds {
  const own = reproductions(data)
  return own.length
    ? own.every(({ run: { evaluation } }) => (evaluation.test.loss ?? NaN) > 2 * (evaluation.train.loss ?? NaN))
    : null
}

function behindAtEqualUpdates(data: SiteData): Holds {
  const gains = auditedNetworks.flatMap((name) => gainAtEqualUpdates(data, `${name}-augmented`, name) ?? [])
  const ended = gains.filter(({ stoppedAt }) => stoppedAt === null)
  return ended.length ? ended.every(({ atEqual }) => atEqual < 0) : null
}

/** Claims about runs by the original's own protocol, for `<If>` (see claims.ts). */
export const reproductionClaims = {
  /** Runs by the original's own protocol meet what was expected of them, as far as they were made. */
  'published-reproduced': (data) => allMet(data, [meetsLoss, meetsScore]),
  'published-curves-reproduced': (data) => allMet(data, [meetsLoss]),
  'published-networks-reproduced': (data) => reproducedWhole(data, ['cnn', 'fcnn']),
  /** Under the original's protocol it hangs on the epoch of the stop which of the two is ahead. */
  'published-stop-decides': (data) => stopDecides(data),
  'published-misses-by-stop': (data) => missesByStop(data),
  'published-pooling-reproduced': (data) => reproducedWhole(data, ['cnn', 'cnn-no-pooling']),
  'published-augmentation-reproduced': (data) => reproducedWhole(data, ['cnn', 'cnn-augmented', 'fcnn', 'fcnn-augmented']),
  /** Of every network of the original a run under its protocol has ended by the rule. */
  'all-published-ended': (data) => everyPublishedEnded(data),
  /** Every run of it under the original's protocol ended by its own rule. */
  'published-cnn-ended': (data) => publishedEnded(data, 'cnn'),
  'published-fcnn-ended': (data) => publishedEnded(data, 'fcnn'),
  'published-no-pooling-ended': (data) => publishedEnded(data, 'cnn-no-pooling'),
  'published-cnn-augmented-ended': (data) => publishedEnded(data, 'cnn-augmented'),
  'published-fcnn-augmented-ended': (data) => publishedEnded(data, 'fcnn-augmented'),
  'published-fcnn-stops-among-seeds': (data) => stopsAmongSeeds(data),
  'published-all-overfit': (data) => allOverfit(data),
  'published-older-keras-alike': olderKerasAlike,
  /** At equal epochs the CNN reads more test images than the FCNN under the original's protocol, in every pair of our runs. */
  'published-cnn-ahead': (data) => equalEpochs(data, 'cnn', 'fcnn')?.ahead ?? null,
  /** Every FCNN was trained for more epochs there than every CNN. */
  'published-fcnn-longer': (data) => equalEpochs(data, 'cnn', 'fcnn')?.secondLonger ?? null,
  'printed-cnn-ahead': (data) => printedAhead(data, 'cnn', 'fcnn'),
  /** The same of the CNN without pooling and the one with it. */
  'published-no-pooling-ahead': (data) => equalEpochs(data, 'cnn-no-pooling', 'cnn')?.ahead ?? null,
  'published-no-pooling-shorter': (data) => equalEpochs(data, 'cnn-no-pooling', 'cnn')?.secondLonger ?? null,
  'printed-no-pooling-ahead': (data) => printedAhead(data, 'cnn-no-pooling', 'cnn'),
  'no-pooling-lead-shrinks': (data) => leadShrinks(data, 'cnn-no-pooling', 'cnn'),
  /** The rougher a network's loss from epoch to epoch, the sooner the rule cut its rate, here and in the original. */
  'cut-by-roughness': cutByRoughness,
  'cut-while-falling': cutWhileFalling,
  'cut-ends-learning': cutEndsLearning,
  'printed-falling-at-cut': printedStillFalling,
  /** Whether the last weights or the best are scored matters little under the original's protocol, and so does the test set's choice. */
  'published-last-near-best': lastNearBest,
  'published-convolutional-lag': convolutionalLag,
  'audit-cnns-on-either-side': (data) => auditOnEitherSide(data),
  /** Under the original's protocol no augmented network that ended by the rule had, at equal updates, caught up with the plain one. */
  'equal-updates-behind': (data) => behindAtEqualUpdates(data),
} satisfies Record<string, (data: SiteData) => Holds>
