import { median, sum } from 'd3-array'
import { createRandom } from '../../experiments/random.ts'
import { describeLayers, parameterCount } from '../../experiments/models/layers.ts'
import type { RunRecord, Score } from '../../experiments/results/schema.ts'
import { classF1, macroF1 } from '../../experiments/statistics/f1.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { macroF1Interval } from '../../experiments/statistics/macro-f1-interval.ts'
import { wilson } from '../../experiments/statistics/wilson.ts'
import type { Experiment } from '../../experiments/catalogue.ts'

/** How a number is written; see `write-number.ts`. */
export type NumberKind = 'score' | 'percent' | 'points' | 'count' | 'loss' | 'seconds' | 'minutes' | 'millions' | 'factor'

interface RunMeasure {
  kind: NumberKind
  /** In words, as a table's heading or a tooltip has it. */
  title: string
  ofRun: (run: RunRecord) => number | null
  /** 95 % over test images, of one run. */
  interval?: (run: RunRecord) => Interval
}

interface ModelMeasure {
  kind: NumberKind
  title: string
  ofModel: (experiment: Experiment) => number
}

const right = (score: Score) => score.confusion.reduce((sum, row, i) => sum + row[i]!, 0)
/** Wilson's 95 % interval of an accuracy over the images it was scored on. */
export const accuracyInterval = (score: Score): Interval => wilson(right(score), score.images)

/** Updates of the weights in an epoch: the last, smaller batch counts. */
export const updatesPerEpoch = (run: RunRecord) => {
  const { augmented } = run.settings.experiment
  const { batchSize, augmentation } = run.settings.protocol
  const copies = augmented && augmentation.draw.kind === 'fixed-copies' ? augmentation.draw.copies : 1
  return Math.ceil((run.evaluation.train.images * copies) / batchSize)
}

/**
 * Seconds of each epoch, those in which the process stood still (stopped, or its machine asleep) left out: an epoch that took more than
 * three times what those around it did on the median counts as that.
 */
function workingSeconds(secondsPerEpoch: readonly number[]): number[] {
  return secondsPerEpoch.map((seconds, i) => {
    const usual = median(secondsPerEpoch.slice(Math.max(0, i - 5), i + 6))!
    return seconds > 3 * usual ? usual : seconds
  })
}

/** Of the weights that are scored. */
export const testAccuracy = (run: RunRecord): number => run.evaluation.test.accuracy

/** What can be said in a number of each run. A new number that chapters want is one entry here. */
export const runMeasures = {
  macroF1: {
    kind: 'score',
    title: 'macro F1 on the test set',
    ofRun: (run) => macroF1(run.evaluation.test.confusion),
    interval: (run) => macroF1Interval(run.evaluation.test.confusion, createRandom(run.seed, 'resampling')),
  },
  accuracy: {
    kind: 'percent',
    title: 'accuracy on the test set',
    ofRun: testAccuracy,
    interval: (run) => accuracyInterval(run.evaluation.test),
  },
  mistakes: {
    kind: 'count',
    title: 'test images misread',
    ofRun: (run) => run.evaluation.test.images - right(run.evaluation.test),
  },
  validationAccuracy: {
    kind: 'percent',
    title: 'accuracy on the validation images',
    ofRun: (run) => run.evaluation.validation?.accuracy ?? null,
  },
  trainAccuracy: {
    kind: 'percent',
    title: 'accuracy on the training images',
    ofRun: (run) => run.evaluation.train.accuracy,
  },
  trainMacroF1: {
    kind: 'score',
    title: 'macro F1 on the training images',
    ofRun: (run) => macroF1(run.evaluation.train.confusion),
  },
  testLoss: { kind: 'loss', title: 'loss on the test set', ofRun: (run) => run.evaluation.test.loss },
  trainLoss: { kind: 'loss', title: 'loss on the training images, dropout off', ofRun: (run) => run.evaluation.train.loss },
  validationLoss: {
    kind: 'loss',
    title: 'loss on the validation images',
    ofRun: (run) => run.evaluation.validation?.loss ?? null,
  },
  lossGap: {
    kind: 'loss',
    title: 'validation loss minus training loss, dropout off',
    ofRun: ({ evaluation: { train, validation } }) =>
      validation && validation.loss !== null && train.loss !== null ? validation.loss - train.loss : null,
  },
  generalisationGap: {
    kind: 'points',
    title: 'training accuracy minus test accuracy',
    ofRun: (run) => run.evaluation.train.accuracy - run.evaluation.test.accuracy,
  },
  trainingGap: {
    kind: 'points',
    title: 'training accuracy minus validation accuracy',
    ofRun: ({ evaluation: { train, validation } }) => (validation ? train.accuracy - validation.accuracy : null),
  },
  validationGap: {
    kind: 'points',
    title: 'validation accuracy minus test accuracy',
    ofRun: (run) => (run.evaluation.validation ? run.evaluation.validation.accuracy - run.evaluation.test.accuracy : null),
  },
  lowestClassF1: {
    kind: 'score',
    title: 'lowest F1 of a class',
    ofRun: (run) => Math.min(...classF1(run.evaluation.test.confusion)),
  },
  fiveCommonestShare: {
    kind: 'percent',
    title: 'share of all mistakes in the five most frequent kinds',
    ofRun: ({ evaluation: { test } }) => {
      const mistakes = test.confusion.flatMap((row, i) => row.filter((_, j) => i !== j)).sort((a, b) => b - a)
      return sum(mistakes) === 0 ? null : sum(mistakes.slice(0, 5)) / sum(mistakes)
    },
  },
  epochs: { kind: 'count', title: 'epochs trained', ofRun: (run) => run.epochs },
  scoredEpoch: { kind: 'count', title: 'epoch whose weights are scored', ofRun: (run) => run.scoredEpoch },
  updates: { kind: 'count', title: 'updates of the weights', ofRun: (run) => run.epochs * updatesPerEpoch(run) },
  updatesPerEpoch: { kind: 'count', title: 'updates of the weights in an epoch', ofRun: updatesPerEpoch },
  secondsPerEpoch: {
    kind: 'seconds',
    title: 'seconds an epoch (median)',
    ofRun: (run) => median(run.timings.secondsPerEpoch) ?? null,
  },
  trainingMinutes: {
    kind: 'minutes',
    title: 'minutes of training',
    ofRun: ({ timings }) => sum(workingSeconds(timings.secondsPerEpoch)) / 60,
  },
} satisfies Record<string, RunMeasure>

/** What follows from a model's layers alone. */
export const modelMeasures = {
  parameters: { kind: 'count', title: 'parameters', ofModel: ({ layers }) => parameterCount(layers) },
  multiplyAdds: {
    kind: 'millions',
    title: 'multiply-adds for one image',
    ofModel: ({ layers }) => allMultiplyAdds(layers),
  },
  firstDenseShare: {
    kind: 'percent',
    title: 'share of the parameters in the first dense layer',
    ofModel: ({ layers }) => (firstOf(layers, 'dense')?.parameters ?? 0) / parameterCount(layers),
  },
  firstDenseInputs: {
    kind: 'count',
    title: 'values that the first dense layer takes in',
    ofModel: ({ layers }) => firstOf(layers, 'dense')?.weights[0]!.shape[0] ?? 0,
  },
  secondConvolutionParameters: {
    kind: 'count',
    title: 'parameters of the second convolution',
    ofModel: ({ layers }) => secondConvolution(layers)?.parameters ?? 0,
  },
  /** What it saves: each of its outputs connected with each of its inputs, and a bias each. */
  secondConvolutionAsDense: {
    kind: 'millions',
    title: 'parameters of a dense layer between what goes into the second convolution and what comes out of it',
    ofModel: ({ layers }) => {
      const found = secondConvolution(layers)
      if (!found) return 0
      const [into, out] = [describeLayers(layers)[found.index - 1]!.outputShape, found.outputShape].map(valuesOf) as [
        number,
        number,
      ]
      return (into + 1) * out
    },
  },
  convolutionParameters: {
    kind: 'count',
    title: 'parameters of the convolutions',
    ofModel: ({ layers }) => sumOver(layers, 'conv2d', 'parameters'),
  },
  convolutionMultiplyAddShare: {
    kind: 'percent',
    title: 'share of the multiply-adds in the convolutions',
    ofModel: ({ layers }) => sumOver(layers, 'conv2d', 'multiplyAdds') / allMultiplyAdds(layers),
  },
} satisfies Record<string, ModelMeasure>

type Layers = Experiment['layers']
const ofKind = (layers: Layers, kind: string) => describeLayers(layers).filter(({ layer }) => layer.kind === kind)
const firstOf = (layers: Layers, kind: string) => ofKind(layers, kind)[0]
const secondConvolution = (layers: Layers) => ofKind(layers, 'conv2d')[1]
const valuesOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
const allMultiplyAdds = (layers: Layers) => sum(describeLayers(layers), ({ multiplyAdds }) => multiplyAdds)
const sumOver = (layers: Layers, kind: string, of: 'parameters' | 'multiplyAdds') =>
  sum(ofKind(layers, kind), (layer) => layer[of])

export type RunMeasureName = keyof typeof runMeasures
export type ModelMeasureName = keyof typeof modelMeasures
export type MeasureName = RunMeasureName | ModelMeasureName
export const runMeasure = (name: RunMeasureName): RunMeasure => runMeasures[name]
export const modelMeasure = (name: ModelMeasureName): ModelMeasure => modelMeasures[name]
export const isModelMeasure = (name: string): name is ModelMeasureName => Object.hasOwn(modelMeasures, name)
export const isRunMeasure = (name: string): name is RunMeasureName => Object.hasOwn(runMeasures, name)
