import type { NumberKind } from './measures.ts'
import type { Published, PublishedExperiment } from './published.ts'

interface PublishedMeasure {
  kind: NumberKind
  of: (experiment: PublishedExperiment, published: Published, name: string) => number
}

const updatesPerEpoch = (published: Published, name: string) =>
  Math.ceil((published.trainingImages * (name.endsWith('-augmented') ? published.copies : 1)) / 128)

/** The original's numbers that chapters quote; all from published.json. */
export const publishedMeasures = {
  macroF1: { kind: 'score', of: (experiment) => experiment.macroF1 },
  trainMacroF1: { kind: 'score', of: (experiment) => experiment.trainMacroF1 },
  validationAccuracy: { kind: 'percent', of: (experiment) => experiment.last.valAccuracy },
  lowestClassF1: { kind: 'score', of: (experiment) => Math.min(...experiment.classF1) },
  epochs: { kind: 'count', of: (experiment) => experiment.lastEpoch },
  updates: { kind: 'count', of: (experiment, published, name) => experiment.lastEpoch * updatesPerEpoch(published, name) },
  /** The KMNIST authors' own score of this CNN at rate 1.0, and what the same code gives at the rate of newer Keras. */
  benchmarkAccuracy: { kind: 'percent', of: (_, { benchmark }) => benchmark.accuracy },
  benchmarkAtDefaultRate: { kind: 'percent', of: (_, { benchmark }) => benchmark.sameCodeAtDefaultRate },
} satisfies Record<string, PublishedMeasure>

export type PublishedMeasureName = keyof typeof publishedMeasures

/** The original's number with its kind; throws where the original has no such experiment. */
export function publishedNumber(
  published: Published,
  name: PublishedMeasureName,
  experimentName: string,
): { value: number; kind: NumberKind } {
  const experiment = published.experiments[experimentName]
  if (!experiment) throw new Error(`the original has no experiment "${experimentName}"`)
  const { kind, of }: PublishedMeasure = publishedMeasures[name]
  return { value: of(experiment, published, experimentName), kind }
}
