import { isModelMeasure, modelMeasure, runMeasure, type MeasureName, type RunMeasureName } from '../data/measures.ts'
import { publishedMeasures, publishedNumber, type PublishedMeasureName } from '../data/reproduction/published-measures.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { measuredCell } from './measured-cell.ts'
import { numberCell, type Cell, type TableContent, type TableMaker } from './table-data.ts'

/** A measure of ours, or `published:` and one of the original's. */
type Row = MeasureName | `published:${PublishedMeasureName}`

function label(name: Row): string {
  if (name.startsWith('published:')) return `${name.slice(10) === 'macroF1' ? 'macro F1' : name.slice(10)}, published`
  if (isModelMeasure(name)) return modelMeasure(name).title
  const { title, kind } = runMeasure(name as RunMeasureName)
  return kind === 'points' ? `${title}, points` : title
}

function cell(data: SiteData, name: Row, experiment: string): Cell {
  if (name.startsWith('published:')) {
    const of = name.slice(10) as PublishedMeasureName
    if (!data.published.experiments[experiment] || !Object.hasOwn(publishedMeasures, of)) return '–'
    const { value, kind } = publishedNumber(data.published, of, experiment)
    return numberCell(value, kind)
  }
  return measuredCell(data, name, experiment)
}

/** Some measures (rows) of some experiments (columns). */
const comparison =
  (experiments: readonly string[] | 'all', rows: readonly Row[]): TableMaker =>
  (data): TableContent => {
    const shown = experiments === 'all' ? data.experiments : experiments.map((name) => experimentData(data, name))
    return {
      columns: [{ label: '' }, ...shown.map(({ experiment }) => ({ label: experiment.title, numeric: true }))],
      runs: shown.flatMap(({ runs }) => runs),
      rows: rows.map((name) => [label(name), ...shown.map(({ experiment }) => cell(data, name, experiment.name))]),
    }
  }

/** Q5: what pooling changes. */
export const poolingTable = comparison(
  ['cnn', 'cnn-no-pooling'],
  [
    'parameters',
    'multiplyAdds',
    'secondsPerEpoch',
    'epochs',
    'scoredEpoch',
    'trainingMinutes',
    'trainAccuracy',
    'validationAccuracy',
    'accuracy',
    'macroF1',
    'published:macroF1',
  ],
)

/** Q1: the two networks side by side. */
export const networksTable = comparison(
  ['cnn', 'fcnn'],
  ['parameters', 'multiplyAdds', 'epochs', 'trainAccuracy', 'validationAccuracy', 'accuracy', 'macroF1', 'published:macroF1'],
)

/** What augmentation changes, and what it costs. */
export const augmentationTable = comparison(
  ['cnn', 'cnn-augmented', 'fcnn', 'fcnn-augmented'],
  [
    'accuracy',
    'macroF1',
    'published:macroF1',
    'generalisationGap',
    'lossGap',
    'epochs',
    'updates',
    'published:updates',
    'secondsPerEpoch',
    'trainingMinutes',
  ],
)

/** Every run in figures. */
export const runsTable = comparison('all', [
  'epochs',
  'scoredEpoch',
  'updates',
  'secondsPerEpoch',
  'trainingMinutes',
  'trainAccuracy',
  'validationAccuracy',
  'accuracy',
  'macroF1',
])

const modelCard = comparison('all', [
  'parameters',
  'multiplyAdds',
  'accuracy',
  'macroF1',
  'lowestClassF1',
  'validationAccuracy',
  'validationGap',
  'testLoss',
])

/** What a reader who thinks of using a network asks first, the accuracy of the very weights that can be had among it. */
export const modelCardTable: TableMaker = (data, options): TableContent => {
  const card = modelCard(data, options)
  const atHand = data.experiments.map(({ runs }) => {
    const run = runs.find(({ files }) => files.weights)
    return run ? numberCell(run.evaluation.test.accuracy, 'percent') : null
  })
  return { ...card, rows: [...card.rows, ['accuracy on the test set of the stored weights', ...atHand]] }
}
