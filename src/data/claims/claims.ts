import { plannedContrasts } from '../../../experiments/catalogue.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { analysed } from '../analysed.ts'
import { dataSetFacts } from '../analyses.ts'
import { aheadInEveryClass, everyClassAbovePublished, helpsMostClasses, helpsNotReadInto } from './class-effects.ts'
import { bothAugmented } from './both-augmented.ts'
import { contrast, difference, gapDifference, plannedTest } from '../claims-ledger/contrast.ts'
import { compare } from '../compare.ts'
import { endedRuns } from '../ended-runs.ts'
import { all, not, type Holds } from '../holds.ts'
import { measured } from '../measured.ts'
import { runMeasure, type RunMeasureName } from '../measures.ts'
import { littleFromThere, narrowsToValidation } from './gap-parts.ts'
import { frequentMistakes } from '../picks.ts'
import {
  calibratedBetter,
  calibrationsOf,
  overconfident,
  readLessButBetterCalibrated,
  temperatureHelps,
} from './probabilities.ts'
import { rateClaims } from './rate-claims.ts'
import { reproductionClaims } from './reproduction-claims.ts'
import { losesLess, savesMore } from '../shift-tolerance.ts'
import { experimentData, type SiteData } from '../site-data.ts'
import { multiplyAlike, stepProfile } from '../speed/step-profile.ts'
import { withProtocol } from '../with-protocol.ts'
import { leadGone, shownIsLeast } from './without-pooling.ts'
import { kernelParts, structureTest, type KernelMeasure } from '../weight-structure.ts'

/** Whether the test accuracy of A is higher than B's by more than chance explains. */
const beats = (data: SiteData, a: string, b: string): Holds => {
  const comparison = compare(data, a, b)
  return comparison && comparison.distinguishable && comparison.difference > 0
}

/** Whether A's number is lower than B's, seed by seed, by more than chance explains, which one pair of runs cannot say. */
const less = (data: SiteData, of: RunMeasureName, a: string, b: string): Holds => {
  const found = difference(data, a, b, runMeasure(of).ofRun)
  return found && found.clear < 0
}

/** Whether A loses less accuracy than B from training to test images, by more than chance explains. */
const losesLessToTest = (data: SiteData, a: string, b: string): Holds => {
  const found = gapDifference(data, a, b)
  return found && found.clear < 0
}

const is = <Value>(wanted: Value, found: Value | null): Holds => (found === null ? null : found === wanted)
const everyExperiment = (data: SiteData, holds: (name: string) => Holds): Holds =>
  all(data.experiments.map(({ experiment }) => holds(experiment.name)))

/** Whether CNN and FCNN make fewer mistakes with augmentation, but that which is the CNN's commonest more often. */
function augmentationAddsToCommonest(data: SiteData): Holds {
  const [commonest] = frequentMistakes(data, 'cnn') ?? []
  if (!commonest) return null
  const { truth, predicted } = commonest
  return bothAugmented(data, (_, a, b) => {
    const change = (of: (run: RunRecord) => number) => difference(data, a, b, of)
    const ofThis = change(({ evaluation }) => evaluation.test.confusion[truth.index]![predicted.index]!)
    const ofAll = change(({ evaluation }) => 1 - evaluation.test.accuracy)
    return all([ofThis && ofThis.clear > 0, ofAll && ofAll.clear < 0])
  })
}

/** The original's protocol, of runs that its rule ended. */
const endedPublished = (data: SiteData): SiteData => withProtocol(endedRuns(data), 'published')

/** Whether the CNN's trained kernels hold more of a pattern than those of any of the untrained networks. */
const holdsMore = (data: SiteData, layer: 'first' | 'second', part: KernelMeasure): Holds => {
  const found = kernelParts(data, 'cnn', layer)?.[part]
  return found ? found.trained > found.untrained.high : null
}

/**
 * Sentences that chapters say only where the data bear them out: `<If claim="…">` shows its text where the claim holds,
 * `<If claim="…" is="no">` where it does not, so that prose cannot contradict the figures.
 */
export const claims = {
  ...reproductionClaims,
  ...rateClaims,
  'cnn-beats-fcnn': (data) => beats(data, 'cnn', 'fcnn'),
  'fcnn-beats-cnn': (data) => beats(data, 'fcnn', 'cnn'),
  'cnn-beats-no-pooling': (data) => beats(data, 'cnn', 'cnn-no-pooling'),
  'augmentation-helps-both': (data) => bothAugmented(data, beats),
  /** By F1, over seeds. */
  'cnn-ahead-in-every-class': (data) => aheadInEveryClass(data, 'cnn', 'fcnn'),
  'augmentation-helps-most-classes': helpsMostClasses,
  'augmentation-not-where-read-into': helpsNotReadInto,
  /** In each planned contrast the first network reads more, by both of its tests; null while one has fewer than eight seeds. */
  'planned-contrasts-clear': (data) =>
    all(plannedContrasts.map(([a, b]) => plannedTest(data, a, b) && contrast(data, a, b)!.clear === 1)),
  'no-pooling-fewer-epochs': (data) => less(data, 'epochs', 'cnn-no-pooling', 'cnn'),
  /** Validation loss above training loss, same weights, dropout off: accuracy on training images is nearly whole and says nothing more than on test images. */
  'no-pooling-gap-wider': (data) => less(data, 'lossGap', 'cnn', 'cnn-no-pooling'),
  'augmentation-narrows-loss-gap': (data) => bothAugmented(data, (_, a, b) => less(data, 'lossGap', a, b)),
  'augmentation-narrows-to-validation': narrowsToValidation,
  'augmentation-takes-little-from-there': littleFromThere,
  'cnn-gap-narrower': (data) => losesLessToTest(data, 'cnn', 'fcnn'),
  /** In the pair of one seed, over test images, where there is one. */
  'published-cnn-gap-narrower': (data) => losesLessToTest(endedPublished(data), 'cnn', 'fcnn'),
  'augmentation-lengthens-cnn': (data) => less(data, 'updates', 'cnn', 'cnn-augmented'),
  'augmentation-lengthens-fcnn': (data) => less(data, 'updates', 'fcnn', 'fcnn-augmented'),
  'all-above-published': (data) =>
    everyExperiment(data, (name) => {
      const ours = measured(data, 'macroF1', name)
      const theirs = data.published.experiments[name]
      return theirs ? ours && ours.value > theirs.macroF1 : true
    }),
  'every-class-above-published': everyClassAbovePublished,
  'all-converged': (data) =>
    all(data.experiments.map(({ runs }) => (runs.length ? runs.every(({ status }) => status === 'converged') : null))),
  'validation-overstates': (data) =>
    everyExperiment(data, (name) => {
      const gap = measured(data, 'validationGap', name)
      return gap && gap.value > 0
    }),
  'first-layer-structured': (data) => structureTest(data, 'cnn', 'first')?.structured ?? null,
  'second-layer-structured': (data) => structureTest(data, 'cnn', 'second')?.structured ?? null,
  /** The same under the original's protocol. */
  'published-first-layer-structured': (data) => structureTest(endedPublished(data), 'cnn', 'first')?.structured ?? null,
  'published-second-layer-structured': (data) => structureTest(endedPublished(data), 'cnn', 'second')?.structured ?? null,
  'published-dense-weights-structured': (data) => structureTest(endedPublished(data), 'fcnn', 'dense')?.structured ?? null,
  'first-layer-edges': (data) => holdsMore(data, 'first', 'edges'),
  'second-layer-even': (data) => holdsMore(data, 'second', 'even'),
  'dense-weights-structured': (data) => structureTest(data, 'fcnn', 'dense')?.structured ?? null,
  /** When characters are shifted by two pixels. */
  'pooling-tolerates-shifts': (data) => is(1, losesLess(data, 'cnn', 'cnn-no-pooling', 2)),
  /** In the pair that was trained under the original's protocol. */
  'pooling-tolerates-shifts-published': (data) => is(1, losesLess(endedPublished(data), 'cnn', 'cnn-no-pooling', 2)),
  'no-pooling-shown-is-least': shownIsLeast,
  'no-pooling-lead-gone': leadGone,
  /** Which is also to say that augmentation gains more on shifted characters than on those as they are. */
  'augmentation-tolerates-shifts': (data) => bothAugmented(data, (_, a, b) => is(1, losesLess(data, a, b, 2))),
  'networks-overconfident': (data) => everyExperiment(data, (name) => overconfident(data, name)),
  'augmentation-calibrates': (data) => bothAugmented(data, calibratedBetter),
  'temperature-calibrates': (data) => everyExperiment(data, (name) => temperatureHelps(data, name)),
  /** By the calibration error; not by log loss and Brier's score, which see accuracy too. */
  'published-better-calibrated': (data) =>
    all(
      ['cnn', 'fcnn'].map((name) =>
        readLessButBetterCalibrated(calibrationsOf(endedPublished(data), name), calibrationsOf(data, name)),
      ),
    ),
  'augmentation-saves-more-than-pooling': (data) => is(1, savesMore(data, 'cnn-augmented', 'cnn', 'cnn-no-pooling', 2)),
  'no-training-image-twice': (data) => is(0, dataSetFacts(data)?.repeated.images ?? null),
  'neighbours-near-fcnn': (data) => {
    const [neighbours, fcnn] = [analysed.neighboursTest(data), measured(data, 'accuracy', 'fcnn')]
    return neighbours && fcnn && Math.abs(neighbours.value - fcnn.value) < 0.015
  },
  /** Both kinds of neighbours, from all training images, score what the list of the data set's benchmarks has: 92.10 and 93.98 %. */
  'neighbours-as-listed': (data) => {
    const facts = dataSetFacts(data)
    return facts && facts.neighboursOfAll.toFixed(4) === '0.9210' && facts.componentsOfAll.toFixed(4) === '0.9398'
  },
  /** Neighbours in principal components read more of the test set than each FCNN. */
  'components-beat-fcnns': (data) => {
    const components = analysed.componentsTest(data)
    const { runs } = experimentData(data, 'fcnn')
    return components && runs.length ? runs.every((run) => run.evaluation.test.accuracy < components.value) : null
  },
  /** From validation to test images: surely less than the FCNN and the simpler methods that learn from pixels as they are. */
  'cnn-loses-least': (data) => {
    const facts = dataSetFacts(data)
    const [cnn, fcnn] = [measured(data, 'validationGap', 'cnn'), measured(data, 'validationGap', 'fcnn')]
    if (!facts || !cnn || !fcnn) return null
    const pixelwise = facts.baselines.filter(({ name }) => name === 'centroid' || name === 'linear' || name === 'neighbours')
    const losses = [fcnn.interval?.low ?? fcnn.value, ...pixelwise.map(({ validation, test }) => validation - test)]
    return losses.every((loss) => (cnn.interval?.high ?? cnn.value) < loss)
  },
  'augmentation-adds-to-commonest': (data) => augmentationAddsToCommonest(data),
  'components-lose-as-little': (data) => {
    const components = dataSetFacts(data)?.baselines.find(({ name }) => name === 'components')
    const cnn = measured(data, 'validationGap', 'cnn')
    return components && cnn ? components.validation - components.test <= (cnn.interval?.high ?? cnn.value) : null
  },
  'near-duplicates-are-rare': (data) => {
    const facts = dataSetFacts(data)
    return facts && facts.nearest.test.identical === 0 && facts.nearest.test.near < 50
  },
  'some-one-seed': (data) =>
    data.experiments.some(({ runs }) => runs.length === 1) ||
    not(all(data.experiments.map(({ runs }) => (runs.length ? true : null)))),
  'one-seed-each': (data) => all(data.experiments.map(({ runs }) => (runs.length ? runs.length === 1 : null))),
  'steps-profiled': (data) => (stepProfile(data, 'keras', 'cnn', 1) ? true : null),
  /** The convolutions and products of the CNN's training step are the same calls of oneDNN in ours and in Keras. */
  'keras-multiplies-alike': (data) => multiplyAlike(data, 'cnn'),
  /** Runs of our protocol were trained on more than one kind of processor. */
  'several-processors': ({ allRuns }) => {
    const own = allRuns.filter(({ protocol }) => protocol === 'corrected')
    return own.length ? new Set(own.map(({ provenance }) => provenance.cpu)).size > 1 : null
  },
  'data-set-at-hand': (data) => data.dataset !== undefined,
} satisfies Record<string, (data: SiteData) => Holds>

export type ClaimName = keyof typeof claims

/** Whether a claim holds, does not, or can't be said yet. */
export const claimHolds = (data: SiteData, name: ClaimName): Holds => claims[name](data)
