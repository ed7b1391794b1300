import { range, sum } from 'd3-array'
import { classes, imagesOfClass } from '../../../experiments/dataset/kmnist.ts'
import { protocols } from '../../../experiments/protocols.ts'
import type { Interval } from '../../../experiments/statistics/interval.ts'
import { wilson } from '../../../experiments/statistics/wilson.ts'
import type { NumberKind } from '../measures.ts'
import type { Published, PublishedExperiment } from './published.ts'
import { writeNumber } from '../write-number.ts'

interface PublishedMeasure {
  kind: NumberKind
  /** In words, as a note has it. */
  title: string
  of: (experiment: PublishedExperiment, published: Published, name: string) => number
  /** 95 % over test images, where the original prints enough to compute it. */
  interval?: (experiment: PublishedExperiment) => Interval
}

const testImages = classes.length * imagesOfClass.test

const original = protocols.find(({ name }) => name === 'published')!

const updatesPerEpoch = (published: Published, name: string) =>
  Math.ceil((published.trainingImages * (name.endsWith('-augmented') ? published.copies : 1)) / original.batchSize)

/** The rate of each epoch: the first, and a tenth of it from each epoch on in which it fell. */
const ratesOf = ({ lastEpoch, rateFellAt, curve }: PublishedExperiment): number[] =>
  range(1, lastEpoch + 1).map((epoch) => curve[0]![5] * 0.1 ** rateFellAt.filter((fell) => fell <= epoch).length)

/** The original's numbers that chapters quote; all from published.json. */
export const publishedMeasures = {
  macroF1: { kind: 'score', title: 'macro F1 on the test set, Table 1', of: (experiment) => experiment.macroF1 },
  trainMacroF1: { kind: 'score', title: 'macro F1 on the training images, Table 1', of: (experiment) => experiment.trainMacroF1 },
  validationAccuracy: {
    kind: 'percent',
    title: 'validation accuracy of the last epoch; the test set served as validation',
    of: (experiment) => experiment.last.valAccuracy,
    interval: ({ last }) => wilson(Math.round(last.valAccuracy * testImages), testImages),
  },
  epochs: { kind: 'count', title: 'epochs trained, from its log', of: (experiment) => experiment.lastEpoch },
  updates: {
    kind: 'count',
    title: 'updates of the weights: epochs × batches in one',
    of: (experiment, published, name) => experiment.lastEpoch * updatesPerEpoch(published, name),
  },
  fullSteps: {
    kind: 'count',
    title: 'updates × rate, summed: how many steps at rate 1.0 they add up to, the cuts of the rate counted',
    of: (experiment, published, name) => updatesPerEpoch(published, name) * sum(ratesOf(experiment)),
  },
  /** The KMNIST authors' own score of this CNN at rate 1.0, and what the same code gives at the rate of newer Keras. */
  benchmarkAccuracy: {
    kind: 'percent',
    title: 'accuracy of the KMNIST authors’ CNN at rate 1.0',
    of: (_, { benchmark }) => benchmark.accuracy,
  },
  benchmarkAtDefaultRate: {
    kind: 'percent',
    title: 'accuracy of the same code at rate 0.001',
    of: (_, { benchmark }) => benchmark.sameCodeAtDefaultRate,
  },
} satisfies Record<string, PublishedMeasure>

export type PublishedMeasureName = keyof typeof publishedMeasures

/** The original's number with its kind; throws where the original has no such experiment. */
export function publishedNumber(
  published: Published,
  name: PublishedMeasureName,
  experimentName: string,
): { value: number; kind: NumberKind; title: string; interval: Interval | null } {
  const experiment = published.experiments[experimentName]
  if (!experiment)
    throw new Error(
      `the original has no experiment "${experimentName}": content/published.json has ${Object.keys(published.experiments).join(', ') || 'none'}`,
    )
  const { kind, title, of, interval }: PublishedMeasure = publishedMeasures[name]
  return { value: of(experiment, published, experimentName), kind, title, interval: interval?.(experiment) ?? null }
}

/** The same as the report writes it. */
export function writePublished(published: Published, name: PublishedMeasureName, experimentName: string): string {
  const { value, kind } = publishedNumber(published, name, experimentName)
  return writeNumber(value, kind)
}
