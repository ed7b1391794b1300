import { pairsOfSeed } from '../../../experiments/results/pairs-of-seed.ts'
import type { Interval } from '../../../experiments/statistics/interval.ts'
import { pairedSeeds } from '../../../experiments/statistics/paired-seeds.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { runMeasures } from '../measures.ts'
import type { Published } from '../reproduction/published.ts'
import type { SiteData } from '../site-data.ts'
import { writePublished } from '../reproduction/published-measures.ts'
import type { Claim, Effect } from './claim.ts'
import {
  difference,
  differenceEffect,
  differenceOf,
  every,
  fewest,
  runsOrNone,
  withoutSeveralSeeds,
  type Difference,
} from './contrast.ts'

const epochsOf = (published: Published, name: string) => writePublished(published, 'epochs', name)

/** A number of one experiment's runs: their mean, over seeds with its t interval. */
function level(label: string, runs: readonly RunRecord[], kind: Effect['kind'], of: (run: RunRecord) => number | null): Effect[] {
  const values = runs.flatMap((run) => of(run) ?? [])
  if (values.length === 0) return []
  const { mean: value, interval } = pairedSeeds(values)
  return [{ label, value, kind, interval }]
}

const logarithm = (value: number | null): number | null => (value !== null && value > 0 ? Math.log(value) : null)

/** A's number over B's, seed by seed: geometric mean; null where there is no pair of positive numbers. */
function ratio(data: SiteData, a: string, b: string, of: (run: RunRecord) => number | null) {
  const found = difference(data, a, b, (run) => logarithm(of(run)))
  if (!found) return null
  const { interval } = found
  return {
    ...found,
    mean: Math.exp(found.mean),
    interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) },
  }
}

/** Whether a difference surely has this sign; null where chance explains it, or one pair of runs says nothing of chance. */
const signOf = (found: Difference | null, sign: -1 | 1): boolean | null =>
  found && found.clear !== 0 ? found.clear === sign : null

/** Whether A ends after fewer epochs than B. */
const fewerEpochs = (data: SiteData, a: string, b: string): boolean | null =>
  signOf(
    difference(data, a, b, (run) => run.epochs),
    -1,
  )

/** Whether a mean surely lies in a range; null where its interval reaches over an end of it, or one seed gives none. */
function surelyWithin(found: { interval: Interval | null } | null, low: number, high: number): boolean | null {
  const interval = found?.interval
  if (!interval) return null
  if (interval.low >= low && interval.high <= high) return true
  return interval.high < low || interval.low > high ? false : null
}

const convergence: Claim = {
  number: 5,
  short: 'The CNN takes 600 epochs, the FCNN twice as many',
  claim: (published) =>
    `The CNN converges at around 600 epochs, the FCNN needs almost twice as many (${epochsOf(published, 'cnn')} and ${epochsOf(published, 'fcnn')}).`,
  reading:
    'Holds where both end by their rule, the CNN surely after 450 to 750 epochs, the FCNN surely after 1.5 to 2.5 times as many. Fails where one of the two is surely not so. Both are means over several seeds: where one run stops depends on noise. The epochs are those of the original’s rate: epochs at another rate can neither support nor refute it.',
  ofItsProtocol: true,
  evidence: ['learning-curves', 'reproduced-runs'],
  judge: (data) => {
    const [cnn, fcnn] = [runsOrNone(data, 'cnn'), runsOrNone(data, 'fcnn')]
    const times = ratio(data, 'fcnn', 'cnn', (run) => run.epochs)
    const epochs = cnn.length > 0 ? pairedSeeds(cnn.map((run) => run.epochs)) : null
    return {
      holds: times?.interval ? every([surelyWithin(epochs, 450, 750), surelyWithin(times, 1.5, 2.5)]) : null,
      effects: [
        ...level('CNN, epochs', cnn, 'count', (run) => run.epochs),
        ...level('FCNN, epochs', fcnn, 'count', (run) => run.epochs),
        ...differenceEffect('FCNN’s epochs over the CNN’s', 'factor', times),
      ],
      missing: withoutSeveralSeeds(data, 'cnn', 'fcnn'),
      seeds: times?.seeds ?? 0,
    }
  },
}

/** Loss on images that were not trained on minus loss on training images, by the same weights, dropout off. */
const overfitting = ({ evaluation: { train, validation, test } }: RunRecord): number | null => {
  const held = (validation ?? test).loss
  return held === null || train.loss === null ? null : held - train.loss
}
const lastTrainingLoss = (run: RunRecord) => run.history.at(-1)!.loss

const noPoolingOverfits: Claim = {
  number: 6,
  short: 'Without pooling: fewer epochs, more overfitting',
  claim: () => 'Without pooling the model converges in fewer epochs, but overfits: its training loss ends below the CNN’s.',
  reading:
    'Holds where the CNN without pooling ends after fewer epochs, its training loss at the end is lower, and its validation loss lies further above its training loss (same weights, dropout off). Fails where one of the three is surely not so. All are judged over several seeds: where one run stops depends on noise. Under the original’s protocol the validation images are the test set, which is drawn otherwise than the training images: its losses include the effect of that.',
  evidence: ['pooling-curves', 'pooling-costs', 'reproduced-losses'],
  judge: (data) => {
    const names = ['cnn-no-pooling', 'cnn'] as const
    const epochs = difference(data, ...names, (run) => run.epochs)
    const training = difference(data, ...names, lastTrainingLoss)
    const gap = difference(data, ...names, overfitting)
    const effect = (label: string, kind: Effect['kind'], found: Difference | null) =>
      differenceEffect(`${label}, without pooling minus with it`, kind, found)
    return {
      holds: every([fewerEpochs(data, ...names), signOf(training, -1), signOf(gap, 1)]),
      effects: [
        ...effect('Epochs', 'count', epochs),
        ...effect('Training loss of the last epoch', 'loss', training),
        ...effect('Validation minus training loss', 'loss', gap),
      ],
      missing: withoutSeveralSeeds(data, ...names),
      seeds: epochs?.seeds ?? 0,
    }
  },
}

const pairedFour = ['cnn', 'cnn-augmented', 'fcnn', 'fcnn-augmented'] as const

const augmentationCuts: Claim = {
  number: 7,
  short: 'Augmentation cuts the CNN’s overfitting drastically, the FCNN’s less',
  claim: () => 'Augmentation cuts the CNN’s overfitting drastically, the FCNN’s less.',
  reading:
    'Overfitting is validation loss minus training loss, same weights, dropout off. Holds where augmentation takes away surely at least half of the CNN’s, and surely a smaller part of the FCNN’s. Fails where one of the two is surely not so. Both are judged over several seeds: the part that one pair of runs gives has no interval. Under the original’s protocol the validation images are the test set, which is drawn otherwise than the training images: its part is not comparable with ours.',
  evidence: ['augmentation-results', 'reproduced-losses'],
  judge: (data) => {
    const [cnn, fcnn] = [ratio(data, 'cnn-augmented', 'cnn', overfitting), ratio(data, 'fcnn-augmented', 'fcnn', overfitting)]
    const cut = (label: string, left: Difference | null): Effect[] => {
      const interval = left?.interval && { low: 1 - left.interval.high, high: 1 - left.interval.low }
      return differenceEffect(label, 'percent', left && { ...left, mean: 1 - left.mean, interval: interval ?? null })
    }
    return {
      holds: every([surelyWithin(cnn, -Infinity, 0.5), leavesLess(data)]),
      effects: [
        ...cut('Share of the CNN’s overfitting that augmentation removes', cnn),
        ...cut('Share of the FCNN’s overfitting that it removes', fcnn),
      ],
      missing: withoutSeveralSeeds(data, ...pairedFour),
      seeds: fewest(cnn, fcnn),
    }
  },
}

/** Whether augmentation surely leaves a smaller part of the CNN's overfitting than of the FCNN's: the ratio of the two parts, seed by seed. */
function leavesLess(data: SiteData): boolean | null {
  const left = (network: string) =>
    pairsOfSeed(runsOrNone(data, `${network}-augmented`), runsOrNone(data, network)).map(([a, b]) => {
      const [augmented, without] = [logarithm(overfitting(a)), logarithm(overfitting(b))]
      return { seed: a.seed, part: augmented === null || without === null ? null : augmented - without }
    })
  const ratios = pairsOfSeed(left('cnn'), left('fcnn'))
  return signOf(
    differenceOf(ratios.map(([cnn, fcnn]) => (cnn.part === null || fcnn.part === null ? null : cnn.part - fcnn.part))),
    -1,
  )
}

const fewerEpochsNotTime: Claim = {
  number: 8,
  short: 'Augmentation: fewer epochs, not less time',
  claim: () => 'With augmentation both networks need fewer epochs, but not less time.',
  reading:
    'Holds where both networks end after fewer epochs with augmentation, and after more seconds of training. Fails where one of these is surely not so, over several seeds. Updates are counted as well: the original’s augmented epoch has ten times as many, so that epochs of ours decide nothing until its own protocol has been run. Seconds include whatever else the machine did.',
  ofItsProtocol: true,
  evidence: ['augmentation-results', 'reproduced-runs'],
  judge: (data) => {
    const time = runMeasures.trainingMinutes.ofRun
    const pairs = [
      ['CNN', 'cnn-augmented', 'cnn'],
      ['FCNN', 'fcnn-augmented', 'fcnn'],
    ] as const
    const noQuicker = (a: string, b: string) => signOf(difference(data, a, b, time), 1)
    const measures = [
      ['epochs', (run: RunRecord) => run.epochs],
      ['updates', runMeasures.updates.ofRun],
      ['seconds', time],
    ] as const
    return {
      holds: every(pairs.flatMap(([, a, b]) => [fewerEpochs(data, a, b), noQuicker(a, b)])),
      effects: pairs.flatMap(([title, a, b]) =>
        measures.flatMap(([what, of]) =>
          differenceEffect(`${title}: ${what} with augmentation over without`, 'factor', ratio(data, a, b, of)),
        ),
      ),
      missing: withoutSeveralSeeds(data, ...pairedFour),
      seeds: fewest(...pairs.map(([, a, b]) => difference(data, a, b, time))),
    }
  },
}

export const trainingClaims: readonly Claim[] = [convergence, noPoolingOverfits, augmentationCuts, fewerEpochsNotTime]
