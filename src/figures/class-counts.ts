import { classCounts } from '../charts/class-counts.ts'
import { count } from '../charts/format.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import type { Score } from '../../experiments/results/schema.ts'
import { runsOf, type SiteData } from '../data/site-data.ts'
import { classLabel } from './class-names.ts'
import type { FigureMaker } from './figure.ts'

interface CountedSet {
  name: string
  counts: number[]
}

const countLabels = (labels: Uint8Array) => {
  const counts = classes.map(() => 0)
  for (const label of labels) counts[label]!++
  return counts
}
const rowSums = ({ confusion }: Score) => confusion.map((row) => row.reduce((a, b) => a + b, 0))

/**
 * Images of each class. From the rows of a run's confusion matrices, which know the split; from the label files while there is no run.
 * Throws where the data set at hand and a run scored on it disagree.
 */
function countedSets(data: SiteData): CountedSet[] {
  const [run] = runsOf(data)
  const files = data.dataset && {
    train: countLabels(data.dataset.dataset.train.labels),
    test: countLabels(data.dataset.dataset.test.labels),
  }
  if (!run)
    return files
      ? [
          { name: 'Training', counts: files.train },
          { name: 'Test', counts: files.test },
        ]
      : []
  const { train, validation, test } = run.evaluation
  const sets = [
    { name: 'Training', counts: rowSums(train) },
    ...(validation ? [{ name: 'Validation', counts: rowSums(validation) }] : []),
    { name: 'Test', counts: rowSums(test) },
  ]
  if (files && run.dataset.testLabels === data.dataset?.id.testLabels && !run.settings.protocol.imagesPerClass) {
    const learned = sets.slice(0, -1)
    classes.forEach(({ index }) => {
      const scored = learned.reduce((sum, { counts }) => sum + counts[index]!, 0)
      if (scored !== files.train[index] || sets.at(-1)!.counts[index] !== files.test[index])
        throw new Error(
          `${run.experiment}, seed ${run.seed}, was scored on ${scored} training and validation images of class ${index}; the label files have ${files.train[index]}`,
        )
    })
  }
  return sets
}

/** Images of each class in each set. */
export const classCountsFigure: FigureMaker = (data) => {
  const sets = countedSets(data)
  if (sets.length === 0) return null
  const balanced = sets.every(({ counts }) => new Set(counts).size === 1)
  const title = balanced
    ? `Exactly balanced: ${sets.map(({ name, counts }) => `${count(counts[0]!)} ${name.toLowerCase()}`).join(', ')} images in every class`
    : 'The classes are not balanced'
  return {
    title,
    subtitle: 'Images of each class in each set',
    alt: `${title}.`,
    runs: runsOf(data).slice(0, 1),
    chart: (options) => classCounts({ classes, sets }, options),
    table: {
      columns: [{ label: 'Class' }, ...sets.map(({ name }) => ({ label: name, numeric: true }))],
      rows: classes.map(({ index }) => [
        { text: classLabel(index), kana: true },
        ...sets.map(({ counts }) => count(counts[index]!)),
      ]),
      summary: [['all', ...sets.map(({ counts }) => count(counts.reduce((a, b) => a + b, 0)))]],
    },
  }
}
