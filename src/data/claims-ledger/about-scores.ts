import { parameterCount } from '../../../experiments/models/layers.ts'
import { runMeasures } from '../measures.ts'
import type { Published } from '../reproduction/published.ts'
import { writePublished } from '../reproduction/published-measures.ts'
import type { SiteData } from '../site-data.ts'
import type { Claim } from './claim.ts'
import {
  close,
  contrast,
  contrastEffect,
  difference,
  differenceEffect,
  every,
  fewest,
  gapDifference,
  surelyApart,
  withoutRuns,
  withoutSeveralSeeds,
  type Contrast,
} from './contrast.ts'

const score = (published: Published, name: string) => writePublished(published, 'macroF1', name)

/** A CNN without pooling whose size is within a tenth of the CNN's. */
function sizeMatched(data: SiteData): string | undefined {
  const size = (name: string) => {
    const one = data.experiments.find(({ experiment }) => experiment.name === name)
    return one ? parameterCount(one.experiment.layers) : 0
  }
  const target = size('cnn')
  return data.experiments.find(
    ({ experiment, series }) =>
      series.network === 'no-pooling' && !experiment.augmented && Math.abs(size(experiment.name) / target - 1) < 0.1,
  )?.experiment.name
}

/** Whether two experiments differ by no more than chance explains, and by little. */
const indifferent = (found: Contrast) => (found.clear ? false : close(found) ? true : null)

const poolingIndifferent: Claim = {
  number: 3,
  short: 'Removing pooling changes nothing significant',
  claim: (published) =>
    `Removing the pooling changes the score insignificantly: macro F1 ${score(published, 'cnn-no-pooling')} without it, ${score(published, 'cnn')} with it.`,
  reading:
    'Holds where the two can’t be told apart and lie within a point of test accuracy, as the original has them and at equal size. Fails where they can be told apart at equal size. The original’s pair alone does not decide: without pooling its network is four times the size, so that what pooling does and what size does can’t be parted.',
  evidence: ['pooling', 'pooling-costs', 'reproduced-runs'],
  judge: (data) => {
    const found = contrast(data, 'cnn-no-pooling', 'cnn')
    const matched = sizeMatched(data)
    const equal = matched === undefined ? null : contrast(data, matched, 'cnn')
    const missing = [...withoutRuns(data, 'cnn', 'cnn-no-pooling'), ...(equal ? [] : ['CNN without pooling at equal size'])]
    const same = equal && indifferent(equal)
    return {
      holds: same ? (found && indifferent(found)) || null : same,
      effects: [...contrastEffect('Without pooling minus with it', found), ...contrastEffect('The same at equal size', equal)],
      missing,
      seeds: found?.seeds ?? 0,
    }
  },
}

const augmentationHelps: Claim = {
  number: 4,
  short: 'Augmentation helps both networks',
  claim: (published) =>
    `Augmentation helps both networks: macro F1 from ${score(published, 'cnn')} to ${score(published, 'cnn-augmented')} (CNN) and from ${score(published, 'fcnn')} to ${score(published, 'fcnn-augmented')} (FCNN).`,
  reading:
    'Holds where both are better with it by more than chance explains. Fails where one is worse by more than chance explains, or surely gains less than half a point of test accuracy.',
  evidence: ['augmentation', 'augmentation-results', 'reproduced-runs'],
  judge: (data) => {
    const [cnn, fcnn] = [contrast(data, 'cnn-augmented', 'cnn'), contrast(data, 'fcnn-augmented', 'fcnn')]
    const helps = (found: Contrast | null) =>
      found && (found.clear < 0 || found.interval.high < 0.005 ? false : found.clear > 0 ? true : null)
    return {
      holds: every([helps(cnn), helps(fcnn)]),
      effects: [...contrastEffect('CNN, with minus without', cnn), ...contrastEffect('FCNN, with minus without', fcnn)],
      missing: withoutRuns(data, 'cnn', 'cnn-augmented', 'fcnn', 'fcnn-augmented'),
      seeds: fewest(cnn, fcnn),
    }
  },
}

const closeEnds: Claim = {
  number: 12,
  short: 'CNN and FCNN end close, the CNN slightly behind',
  claim: (published) =>
    `Both architectures end close, the CNN slightly behind (said of the training set; on the test set macro F1 is ${score(published, 'cnn')} and ${score(published, 'fcnn')}); with augmentation the CNN is slightly ahead (${score(published, 'cnn-augmented')} and ${score(published, 'fcnn-augmented')}).`,
  reading:
    'Holds where CNN and FCNN lie within a point of test accuracy, with and without augmentation, within two points of training accuracy, and the CNN is neither clearly ahead without it nor clearly behind with it. Fails where one of these is surely not so, over several seeds: for one pair of runs the answer depends on where each was stopped.',
  evidence: ['comparison', 'two-networks', 'equal-epochs'],
  judge: (data) => {
    const [plain, augmented] = [contrast(data, 'cnn', 'fcnn'), contrast(data, 'cnn-augmented', 'fcnn-augmented')]
    const training = difference(data, 'cnn', 'fcnn', runMeasures.trainAccuracy.ofRun)
    const fails = [
      plain && surelyApart(plain, 1),
      augmented && surelyApart(augmented, -1),
      training?.interval && (training.interval.low > 0.02 || training.interval.high < -0.02),
    ]
    const meets = [
      plain && close(plain) && plain.clear <= 0,
      augmented && close(augmented) && augmented.clear >= 0,
      training && Math.abs(training.mean) <= 0.02,
    ]
    return {
      holds: fails.includes(true) ? false : meets.every(Boolean) ? true : null,
      effects: [
        ...contrastEffect('CNN minus FCNN, test', plain),
        ...contrastEffect('Both augmented: CNN minus FCNN, test', augmented),
        ...differenceEffect('CNN minus FCNN, training', 'points', training),
      ],
      missing: withoutSeveralSeeds(data, 'cnn', 'fcnn', 'cnn-augmented', 'fcnn-augmented'),
      seeds: fewest(plain, augmented),
    }
  },
}

const cnnGeneralises: Claim = {
  number: 13,
  short: 'A CNN is less prone to overfitting',
  claim: () =>
    'A CNN is less prone to overfitting than a fully connected network, having fewer parameters, and does better on images.',
  reading:
    'Holds where the CNN’s test accuracy is higher than the FCNN’s, and its loss from training to test accuracy smaller, both by more than chance explains. Fails where one of the two is surely the other way round. Where both networks read nearly all training images, the two conditions are nearly one. Fewer parameters, the reason given, are judged in claim 11.',
  evidence: ['gap', 'convolution', 'reproduced-runs'],
  judge: (data) => {
    const test = contrast(data, 'cnn', 'fcnn')
    const gap = gapDifference(data, 'cnn', 'fcnn')
    const ways = [test && test.clear, gap && -gap.clear]
    return {
      holds: ways.includes(-1) ? false : ways.every((way) => way === 1) ? true : null,
      effects: [
        ...contrastEffect('CNN minus FCNN, test accuracy', test),
        ...differenceEffect('CNN minus FCNN, lost from training to test', 'points', gap),
      ],
      missing: withoutRuns(data, 'cnn', 'fcnn'),
      seeds: fewest(test, gap),
    }
  },
}

export const scoreClaims: readonly Claim[] = [poolingIndifferent, augmentationHelps, closeEnds, cnnGeneralises]
