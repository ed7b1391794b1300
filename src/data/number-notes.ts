import { componentCount } from '../../experiments/analyses/data-set.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { classF1 } from '../../experiments/statistics/f1.ts'
import { analysed, type AnalysedName } from './analysed.ts'
import { chapterAddress } from './address.ts'
import { compare } from './compare.ts'
import { measured } from './measured.ts'
import type { MeasureName, NumberKind } from './measures.ts'
import { frequentMistakes, hardestClass } from './picks.ts'
import { publishedNumber, type PublishedMeasureName } from './reproduction/published-measures.ts'
import { experimentData, runsOf, type SiteData } from './site-data.ts'
import { kernelParts, structureTest, type KernelMeasure, type WeightLayer } from './weight-structure.ts'
import { writeConfidence, writeCorrelation, writeNumber } from './write-number.ts'
import { percent } from '../charts/format.ts'

/** What stands behind a number of the prose, for a reader who asks. */
export interface NumberNote {
  /** What is measured, and of what. */
  title: string
  /** How it is computed. */
  formula?: string | undefined
  /** "95 % interval … over …". */
  interval?: string | undefined
  /** The runs it comes from, each with its own value if it has one. */
  runs: { run: RunRecord; text?: string }[]
  /** Where it comes from if not from runs. */
  source?: { text: string; href: string }
}

/** Where a measure's title does not say how it is computed. */
const formulas: Partial<Record<MeasureName, string>> = {
  macroF1: 'Mean over the ten classes of 2 × read right ÷ (read as the class + belonging to it)',
  trainMacroF1: 'Mean over the ten classes of 2 × read right ÷ (read as the class + belonging to it)',
  accuracy: 'Test images read right ÷ all test images',
  validationAccuracy: 'Validation images read right ÷ all validation images',
  trainAccuracy: 'Training images read right ÷ all training images, dropout off',
  testLoss: 'Mean of −log of the probability given to the true class',
  trainLoss: 'Mean of −log of the probability given to the true class',
  validationLoss: 'Mean of −log of the probability given to the true class',
  fiveCommonestShare: 'Mistakes in the five fullest cells off the confusion matrix’s diagonal ÷ all mistakes',
  updates: 'Epochs × batches an epoch, the last, smaller one included',
  parameters: 'Counted from the model’s layers',
  multiplyAdds: 'Counted from the model’s layers',
  firstDenseShare: 'Parameters of the first dense layer ÷ all parameters',
  convolutionMultiplyAddShare: 'Multiply-adds of the convolutions ÷ all multiply-adds',
}

/** How the interval of one run is found. */
const intervalMethods: Partial<Record<MeasureName, string>> = {
  macroF1: ' (bootstrap within each class)',
  accuracy: ' (Wilson)',
}

const titled = (data: SiteData, experiment: string, what: string) => `${experimentData(data, experiment).series.title}: ${what}`
const eachRun = (runs: readonly RunRecord[], text: (run: RunRecord, i: number) => string) =>
  runs.map((run, i) => ({ run, text: text(run, i) }))
const meanOf = (runs: number) => (runs > 1 ? `. Mean of ${runs} seeds` : '')

/** Of `<Num>`; null while it was not run. */
export function measureNote(data: SiteData, of: MeasureName, experiment: string): NumberNote | null {
  const found = measured(data, of, experiment)
  if (!found) return null
  const { title, kind, interval, perSeed, runs } = found
  return {
    title: titled(data, experiment, title) + meanOf(runs.length),
    formula: formulas[of],
    interval:
      interval &&
      `${writeConfidence(interval, kind)} over ${interval.over}${
        interval.over === 'seeds' ? ' (Student’s t)' : (intervalMethods[of] ?? '')
      }`,
    runs: eachRun(runs, (_, i) => writeNumber(perSeed[i]!, kind)),
  } as NumberNote
}

/** Of `<Published>`. */
export function publishedNote(data: SiteData, of: PublishedMeasureName, experiment: string): NumberNote {
  const { title } = publishedNumber(data.published, of, experiment)
  const citation = of.startsWith('benchmark') ? data.published.benchmark.citation : data.published.citation
  const source = { text: 'The work it is quoted from', href: chapterAddress('references', citation) }
  return { title: `Published. ${titled(data, experiment, title)}`, runs: [], source }
}

/** Of `<Compare>`; null while the two share no seed. */
export function compareNote(data: SiteData, a: string, b: string): NumberNote | null {
  const found = compare(data, a, b)
  if (!found) return null
  const { method, p, interval, runs } = found
  const pairs = runs.length / 2
  const methods = {
    mcnemar: `McNemar’s test of the test images that only one of the two reads right${
      p === null ? '' : `: mid-p ${p < 0.001 ? 'below .001' : writeNumber(p, 'score')}`
    }`,
    'paired-seeds': `Student’s t over the differences of ${pairs} pairs of runs of the same seed`,
    bound: 'From the images that the two read differently, which bound its variance from above',
  }
  const names = [a, b].map((name) => experimentData(data, name).series.title)
  return {
    title: `Test accuracy, ${names.join(' minus ')}${pairs > 1 ? `. Mean of ${pairs} seeds` : ''}`,
    formula: methods[method],
    interval: `${writeConfidence(interval, 'points')} points over ${method === 'paired-seeds' ? 'seeds' : 'test images'}`,
    runs: eachRun(runs, ({ evaluation }) => writeNumber(evaluation.test.accuracy, 'percent')),
  }
}

/** Of `<Range>`. */
export function rangeNote(data: SiteData, group: 'plain' | 'augmented' | 'all', published: boolean): NumberNote {
  const names = { plain: 'the experiments without augmentation', augmented: 'the augmented experiments', all: 'all experiments' }
  const title = `Lowest and highest macro F1 on the test set of ${names[group]}`
  if (published) {
    const source = { text: 'The work they are quoted from', href: chapterAddress('references', data.published.citation) }
    return { title: `Published. ${title}`, runs: [], source }
  }
  const shown = data.experiments.filter(({ experiment }) => group === 'all' || experiment.augmented === (group === 'augmented'))
  const runs = shown.flatMap(({ experiment, runs: all }) => {
    const found = measured(data, 'macroF1', experiment.name)
    return eachRun(all, (_, i) => (found ? writeNumber(found.perSeed[i]!, found.kind) : ''))
  })
  return { title: `${title}, each the mean of its seeds`, formula: formulas.macroF1, runs }
}

/** Of `<Hardest>`; null while it was not run. */
export function hardestClassNote(data: SiteData, experiment: string): NumberNote | null {
  const found = hardestClass(data, experiment)
  if (!found) return null
  return {
    title: titled(data, experiment, 'the class with the lowest F1 on the test set'),
    formula: '2 × read right ÷ (read as the class + belonging to it), the mean of all seeds. Its F1:',
    runs: eachRun(runsOf(data, experiment), ({ evaluation }) =>
      writeNumber(classF1(evaluation.test.confusion)[found.index]!, 'score'),
    ),
  }
}

/** Of `<Mistake>`; null while it was not run. */
export function mistakeNote(data: SiteData, experiment: string): NumberNote | null {
  const [mistake] = frequentMistakes(data, experiment) ?? []
  if (!mistake) return null
  const { truth, predicted } = mistake
  return {
    title: titled(data, experiment, 'the commonest mistake on the test set, the mean over seeds'),
    formula: `Images of ${truth.romanisation} read as ${predicted.romanisation} ÷ images of ${truth.romanisation}. Images:`,
    runs: eachRun(runsOf(data, experiment), ({ evaluation }) =>
      writeNumber(evaluation.test.confusion[truth.index]![predicted.index]!, 'count'),
    ),
  }
}

const kernelDirections = { even: 'their mean', edges: 'two edges', blur: 'a blur', all: 'mean, two edges and blur' }

/** Of `<Structure>`; null while it was not run. */
export function structureNote(
  data: SiteData,
  experiment: string,
  layer: WeightLayer,
  { untrained, part = 'all' }: { untrained: boolean; part?: Exclude<KernelMeasure, 'likeness'> | undefined },
): NumberNote | null {
  const test = structureTest(data, experiment, layer)
  if (!test) return null
  const { trained, untrained: chance } = layer === 'dense' ? test : kernelParts(data, experiment, layer)![part]
  const write = (value: number) => (layer === 'dense' ? writeCorrelation(value) : percent(value, 0))
  // Chance leaves a mean over a thousand units next to nothing.
  const bound = (value: number) =>
    layer !== 'dense' ? write(value) : Math.abs(value) < 0.0005 ? '0' : writeNumber(value, 'score')
  return {
    title: titled(
      data,
      experiment,
      `structure of the ${layer === 'second' ? 'second' : 'first'} layer’s weights, ${untrained ? 'untrained' : 'trained'}`,
    ),
    formula:
      layer === 'dense'
        ? 'Mean over the layer’s units of Moran’s I of their 28 × 28 weights'
        : `Mean over the layer’s 3 × 3 kernels of the share of their sum of squares in ${kernelDirections[part]}`,
    interval: `Networks of twenty other seeds, untrained: ${bound(chance.low)} to ${bound(chance.high)}`,
    runs: [{ run: test.run, text: write(trained) }],
  }
}

const analysedTitles: Record<AnalysedName, string> = {
  shiftCost2: 'accuracy lost when the test characters are shifted by two pixels, in points',
  zeroActivations: 'share of the last convolution’s activations that are zero on test images',
  centroidTest: 'nearest mean image of a class, test accuracy',
  centroidValidation: 'nearest mean image of a class, validation accuracy',
  neighboursTest: 'nearest neighbours in pixels, test accuracy',
  neighboursValidation: 'nearest neighbours in pixels, validation accuracy',
  neighboursOfAll: 'nearest neighbours in pixels, from all 60,000 training images, test accuracy',
  componentsTest: `nearest neighbours in ${componentCount} principal components, test accuracy`,
  componentsOfAll: `nearest neighbours in ${componentCount} principal components, from all 60,000 training images, test accuracy`,
}

/** Of `<Analysed>`; null while it is not there. */
export function analysedNote(data: SiteData, of: AnalysedName, experiment: string): NumberNote | null {
  const found = analysed[of](data, experiment)
  if (!found) return null
  const { interval, kind, run } = found
  const written = (value: { low: number; high: number }, as: NumberKind) => `${writeConfidence(value, as)} over test images`
  return {
    title: run ? titled(data, experiment, analysedTitles[of]) : `Data set: ${analysedTitles[of]}`,
    formula: run ? undefined : 'From the stored analysis of the data set (content/results/analyses/data-set.json)',
    interval: interval && written(interval, kind),
    runs: run ? [{ run }] : [],
  }
}
