import { confusionMap } from '../charts/confusion-map.ts'
import { count } from '../charts/format.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { errorsAddress } from '../data/address.ts'
import { galleryOf } from '../data/gallery.ts'
import { frequentMistakes, meanConfusion } from '../data/picks.ts'
import { experimentData } from '../data/site-data.ts'
import { classInTitle, classLabel } from './class-names.ts'
import type { Cell, TableData } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

/** A confusion matrix as a table: a row for each true class. */
export const confusionTable = (
  matrix: readonly (readonly number[])[],
  cell: (value: number, truth: number, predicted: number) => Cell = (value) => ({ text: count(value), value }),
): TableData => ({
  columns: [{ label: 'True class' }, ...classes.map(({ index }) => ({ label: classLabel(index), numeric: true }))],
  rows: matrix.map((row, i) => [{ text: classLabel(i), kana: true }, ...row.map((value, j) => cell(value, i, j))]),
})

/** The confusion matrix of one experiment. */
export const confusion: FigureMaker = (data, { experiment = 'cnn' }) => {
  const one = experimentData(data, experiment)
  const matrix = meanConfusion(one)
  const [worst] = frequentMistakes(data, experiment) ?? []
  if (!matrix || !worst) return null
  // One scale for the maps of all networks.
  const most = Math.max(...data.experiments.map(({ experiment: { name } }) => frequentMistakes(data, name)?.[0]?.count ?? 0))
  const several = one.runs.length > 1
  const name = one.experiment.title
  // A cell leads to its characters where the gallery has any: that of one run, in a build with the data set.
  const gallery = galleryOf(data, experiment)
  const shown = new Set(gallery?.images?.map(({ truth, predicted }) => `${truth}-${predicted}`))
  const cell = (value: number, truth: number, predicted: number): Cell => {
    const place = `${truth}-${predicted}`
    const text = several && value > 0 ? value.toFixed(1) : count(value)
    return shown.has(place) ? { text, value, href: errorsAddress(experiment, place) } : { text, value }
  }
  const title = `${name}: ${classInTitle(worst.truth.index)} read as ${classInTitle(worst.predicted.index)} is the commonest mistake`
  return {
    title,
    subtitle:
      `Of the test images of each class (rows), how many were read as which (columns)${several ? `: means of ${one.runs.length} seeds` : ''}` +
      (gallery && shown.size ? `. A cell leads to the characters that seed ${gallery.run.seed} misread` : ''),
    alt: `${title}, ${count(worst.count)} images${several ? ', the mean over seeds' : ''}. The table below the chart has all counts.`,
    runs: one.runs,
    ...(gallery && { errorsOf: experiment }),
    chart: (options) => confusionMap({ classes, confusion: matrix, most, leads: gallery?.images ? shown : undefined }, options),
    table: confusionTable(matrix, cell),
  }
}
