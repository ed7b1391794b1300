import { imageAt } from '../../experiments/dataset/dataset.ts'
import { drawnCharacter } from '../../experiments/dataset/drawn-character.ts'
import { count } from '../charts/format.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import { frequentMistakes, type Mistake } from '../data/picks.ts'
import { testLabels } from '../data/compare.ts'
import { experimentData } from '../data/site-data.ts'
import { classInTitle, classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

const pairsShown = 5
const imagesShown = 10

/** The test characters that the most frequent mistakes of an experiment are made of. */
export const misread: FigureMaker = (data, { experiment = 'cnn' }) => {
  const one = experimentData(data, experiment)
  const mistakes = frequentMistakes(data, experiment)?.slice(0, pairsShown)
  const [run] = one.runs
  const predicted = run && data.predictions(run)
  if (!mistakes?.length || !predicted) return null
  const labels = testLabels(data, run)
  const set = labels && data.dataset!.dataset.test
  const pair = ({ truth, predicted: guess }: Mistake) => `${classInTitle(truth.index)}\u00a0→ ${classInTitle(guess.index)}`
  const sheets = mistakes.map((mistake): Sheet => {
    const { truth, predicted: guess } = mistake
    const places = set
      ? Array.from(set.labels.keys()).filter((i) => set.labels[i] === truth.index && predicted[i] === guess.index)
      : []
    const pictures =
      set && places.length
        ? places.slice(0, imagesShown).map((place) => imageAt(set, place))
        : [drawnCharacter(truth.index), drawnCharacter(guess.index)]
    return {
      name: `misread-${experiment}-${truth.romanisation}-${guess.romanisation}`,
      heading: pair(mistake),
      alt: `Characters ${classLabel(truth.index)} read as ${classLabel(guess.index)}`,
      raster: pictureSheet(pictures, { columns: imagesShown, gutter: 2 }),
      scale: 2,
    }
  })
  const [worst] = mistakes as [Mistake]
  const several = one.runs.length > 1
  const title = `${one.series.title}: ${count(worst.count)} of ${count(worst.count / worst.share)} ${classInTitle(worst.truth.index)} are read as ${classInTitle(worst.predicted.index)}`
  return {
    title,
    subtitle:
      `Its ${mistakes.length} most frequent mistakes${several ? ` (means of ${one.runs.length} seeds)` : ''}, true class → class read` +
      (set ? `: the first ${imagesShown} test images that seed ${run.seed} misread so` : ''),
    alt: `${title}. ${mistakes.length} rows of misread characters: ${mistakes.map(pair).join('; ')}.`,
    sheets,
    inRows: true,
    characters: set ? 'data set' : 'drawn',
    runs: one.runs,
    table: {
      columns: [
        { label: 'True class' },
        { label: 'read as' },
        { label: several ? 'test images, mean of seeds' : 'test images', numeric: true },
      ],
      rows: mistakes.map(({ truth, predicted: guess, count: images }) => [
        { text: classLabel(truth.index), kana: true },
        { text: classLabel(guess.index), kana: true },
        { text: several ? images.toFixed(1) : count(images), value: images },
      ]),
    },
  }
}
