import { mean } from 'd3-array'
import {
  fewFullEpochsSuffice,
  fullStepsBringLess,
  plainComesNear,
  rateAloneSuffices,
  rateTimesEpochs,
} from '../reproduction/full-steps.ts'
import { all, not, type Holds } from '../holds.ts'
import { laterKeptReadsMore } from './kept-epoch.ts'
import {
  auditedNetworks,
  lastWeightsWithin,
  longTrainingGains,
  rateCostsMost,
  ruleGoesEitherWay,
  stoppingGainsLess,
} from '../reproduction/protocol-audit.ts'
import {
  adadeltaAt,
  adadeltaRates,
  aheadExceptAt,
  everySeedReadsMore,
  nearBestRates,
  rateSweep,
  sweptExperiments,
} from '../reproduction/rate-sweep.ts'
import type { SiteData } from '../site-data.ts'

/** Whether a hundred epochs at rate 1.0 give every CNN more than our rule does, and more on average than they give the FCNN. */
function longerTrainingHelpsCnn(data: SiteData): Holds {
  const [cnn, fcnn] = auditedNetworks.map((name) => longTrainingGains(data, name)) as [number[], number[]]
  return cnn.length && fcnn.length ? cnn.every((gain) => gain > 0) && mean(cnn)! > mean(fcnn)! : null
}

/** Whether ten epochs at Keras' default rate leave a network twenty points of test accuracy behind ten at Adadelta's own. */
function defaultTooSlow(data: SiteData, network: string): Holds {
  const sweep = rateSweep(data)
  const [usual, slow] = [1, 0.001].map((rate) => adadeltaAt(sweep, network, rate)?.test)
  return usual && slow ? mean(usual)! - mean(slow)! > 0.2 : null
}

/** Whether after ten epochs of Adadelta every seed of A reads more than every seed of B; null before both have two. */
const readsMoreAt = (data: SiteData, a: string, b: string, rate: number): Holds =>
  everySeedReadsMore(rateSweep(data), a, b, 'adadelta', rate)

/** Whether Adadelta's own rate does about as well as the best of its rates, for every network that was run at all of them; null while none was. */
function rateNearBest(data: SiteData): Holds {
  const sweep = rateSweep(data)
  const whole = sweptExperiments.filter((name) => adadeltaRates.every((rate) => adadeltaAt(sweep, name, rate)))
  return whole.length ? whole.every((name) => nearBestRates(sweep, name, 'adadelta').includes(1)) : null
}

/** Claims about the rate, the length of training and the choice of an epoch, for `<If>` (see claims.ts). */
export const rateClaims = {
  'longer-training-helps-cnn': (data) => longerTrainingHelpsCnn(data),
  'later-kept-reads-more': laterKeptReadsMore,
  'default-rate-too-slow': (data) => all(sweptExperiments.map((name) => defaultTooSlow(data, name))),
  'default-rate-too-slow-for-fcnn': (data) => defaultTooSlow(data, 'fcnn'),
  /** Seeds of the two networks lie among each other at Keras' default rate; the CNN is ahead at Adadelta's own. */
  'rate-parts-networks': (data) =>
    all([
      not(readsMoreAt(data, 'cnn', 'fcnn', 0.001)),
      not(readsMoreAt(data, 'fcnn', 'cnn', 0.001)),
      readsMoreAt(data, 'cnn', 'fcnn', 1),
    ]),
  /** In all settings of the sweep but the two smallest rates of Adadelta every seed of the CNN reads more than every one of the FCNN. */
  'sweep-cnn-ahead': (data) => aheadExceptAt(rateSweep(data), 'cnn', 'fcnn', [0.0003, 0.001]),
  /** Equal rate times epochs, equal accuracy within half a point, while the rate is small. */
  'rate-times-epochs': rateTimesEpochs,
  /** At rate 1.0 two epochs (CNN) and three (FCNN) pass where the original's protocol ends. */
  'few-full-epochs-suffice': fewFullEpochsSuffice,
  'full-steps-bring-less': fullStepsBringLess,
  'rate-alone-suffices': rateAloneSuffices,
  'plain-comes-near-printed-augmented': plainComesNear,
  /** Choosing the epoch on the test set gains less than half a point in every audit run. */
  'test-stopping-gains-little': (data) => stoppingGainsLess(data, 0.005),
  /** The last or those that validation chose: a quarter of a point at most, in every audit run. */
  'last-weights-cost-little': (data) => lastWeightsWithin(data, 0.0025),
  'rate-costs-most': (data) => rateCostsMost(data),
  'test-rule-either-way': (data) => ruleGoesEitherWay(data),
  'rate-of-paper-near-best': (data) => rateNearBest(data),
} satisfies Record<string, (data: SiteData) => Holds>
