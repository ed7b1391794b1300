import { activationsKind, type Activations, type FilterActivations } from '../../experiments/analyses/activations.ts'
import { imageAt } from '../../experiments/dataset/dataset.ts'
import { drawnCharacter } from '../../experiments/dataset/drawn-character.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { percent } from '../charts/format.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import { runAnalysis } from '../data/analyses.ts'
import { testLabels } from '../data/compare.ts'
import { experimentData } from '../data/site-data.ts'
import { numberCell, type TableData } from '../tables/table-data.ts'
import { classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

const filtersShown = 8

/** The class that most of a filter's hundred most exciting images belong to, and how many do. */
function favourite({ classes: counts }: FilterActivations) {
  const most = Math.max(...counts)
  return { label: counts.indexOf(most), most }
}

/** Fewer images than the hundred that are asked for: then the rest of them excite it no more than all others do. */
const excitesHundred = ({ active }: FilterActivations, images: number) => active * images >= 100

/** The most one-sided first; last, those that too few images excite, of which no class is named. */
function byFavourite(filters: readonly FilterActivations[], images: number) {
  const rank = (one: FilterActivations) => (excitesHundred(one, images) ? favourite(one).most : 0)
  return filters.toSorted((a, b) => rank(b) - rank(a) || a.filter - b.filter)
}

/** How many filters find more than half of those hundred in one class. */
const oneSided = ({ filters }: Activations[number], images: number) =>
  filters.filter((one) => excitesHundred(one, images) && favourite(one).most > 50).length

/** What each filter answers to. */
export const filterTable = (filters: readonly FilterActivations[], images: number): TableData => ({
  columns: [
    { label: 'Filter' },
    { label: 'Commonest class of its 100 strongest images' },
    { label: 'of 100', numeric: true },
    { label: 'Mean activation', numeric: true },
    { label: 'Zeros', numeric: true },
    { label: 'Images with any activation', numeric: true },
  ],
  rows: byFavourite(filters, images).map((one) => [
    String(one.filter + 1),
    ...(excitesHundred(one, images)
      ? [{ text: classLabel(favourite(one).label), kana: true }, String(favourite(one).most)]
      : ['–', '–']),
    numberCell(one.mean, 'loss'),
    numberCell(one.zero, 'percent'),
    numberCell(one.active, 'percent'),
  ]),
})

/** Test images that excite the filters of one convolution most. */
const exciting =
  (place: 'first' | 'second'): FigureMaker =>
  (data, { experiment = 'cnn' }) => {
    const found = runAnalysis(data, activationsKind, experiment)
    const layer = found?.result[place === 'first' ? 0 : 1]
    if (!found || !layer) return null
    const set = testLabels(data, found.run) && data.dataset!.dataset.test
    const { width, field, filters } = layer
    const { images } = found.run.evaluation.test
    const sheets = byFavourite(filters, images)
      .slice(0, filtersShown)
      .map((one): Sheet => {
        const commonest = classes.map(({ index }) => index).sort((a, b) => one.classes[b]! - one.classes[a]!)
        const pictures = set
          ? one.images.map((image) => imageAt(set, image))
          : commonest.filter((label) => one.classes[label]! > 0).map(drawnCharacter)
        const marked = one.places.map((cell) => ({ x: cell % width, y: Math.floor(cell / width), size: field }))
        return {
          name: `exciting-${place}-${experiment}-${one.filter + 1}`,
          heading: `Filter ${one.filter + 1}`,
          alt: `Filter ${one.filter + 1}: ${
            excitesHundred(one, images)
              ? `${favourite(one).most} of its hundred strongest test images are ${classLabel(favourite(one).label)}`
              : 'fewer than a hundred images excite it'
          }`,
          raster: pictureSheet(pictures, { columns: 10, gutter: 2, ...(set && { marked }) }),
          scale: 2,
        }
      })
    const zero = filters.reduce((sum, one) => sum + one.zero, 0) / filters.length
    const many = oneSided(layer, images)
    const few = many === 0 ? 'None' : many < filters.length / 2 ? `Only ${many}` : String(many)
    const title = `${few} of ${filters.length} ${place}-layer filters ${many < 2 ? 'has' : 'have'} more than half of the hundred images that excite ${many < 2 ? 'it' : 'them'} most in one class`
    return {
      title,
      subtitle: `The ten test images that excite a filter most, strongest first; framed, the ${field} × ${field} pixels that excite it. The ${filtersShown} filters of ${filters.length} with the most one-sided choice, ${experimentData(data, experiment).series.title}`,
      alt: `${title}. ${percent(zero, 0)} of the layer’s values are zero.`,
      sheets,
      inRows: true,
      characters: set ? 'data set' : 'drawn',
      runs: [found.run],
      table: filterTable(filters, images),
    }
  }
export const excitingFirst = exciting('first')
export const excitingSecond = exciting('second')
