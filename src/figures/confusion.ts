import { confusionMap } from '../charts/confusion-map.ts'
import { count } from '../charts/format.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { errorsAddress } from '../data/address.ts'
import { galleryOf } from '../data/gallery.ts'
import { frequentMistakes, summedConfusion } from '../data/picks.ts'
import { experimentData } from '../data/site-data.ts'
import { classLabel } from './class-names.ts'
import type { Cell } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

/** The confusion matrix of one experiment. */
export const confusion: FigureMaker = (data, { experiment = 'cnn' }) => {
  const one = experimentData(data, experiment)
  const matrix = summedConfusion(one)
  const [worst] = frequentMistakes(data, experiment) ?? []
  if (!matrix || !worst) return null
  const seeds = one.runs.length > 1 ? `, ${one.runs.length} seeds together` : ''
  const name = one.experiment.title
  // A cell leads to its characters where the gallery has any: that of one run, in a build with the data set.
  const shown = new Set(galleryOf(data, experiment)?.images?.map(({ truth, predicted }) => `${truth}-${predicted}`))
  const cell = (value: number, truth: number, predicted: number): Cell => {
    const place = `${truth}-${predicted}`
    return shown.has(place) ? { text: count(value), href: errorsAddress(experiment, place) } : count(value)
  }
  const title = `${name}: ${classLabel(worst.truth.index)} read as ${classLabel(worst.predicted.index)} is the commonest mistake`
  return {
    title,
    subtitle: `Test images of each class (rows) by the class predicted (columns)${seeds}`,
    alt: `${title}, ${count(worst.count)} images. The table below the chart has all counts.`,
    runs: one.runs,
    errorsOf: experiment,
    chart: (options) => confusionMap({ classes, confusion: matrix }, options),
    table: {
      columns: [{ label: 'True class' }, ...classes.map(({ index }) => ({ label: classLabel(index), numeric: true }))],
      rows: matrix.map((row, i) => [{ text: classLabel(i), kana: true }, ...row.map((value, j) => cell(value, i, j))]),
    },
  }
}
