import { shapesKind } from '../../experiments/analyses/shapes.ts'
import { imageAt } from '../../experiments/dataset/dataset.ts'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import { datasetAnalysis } from '../data/analyses.ts'
import { numberCell } from '../tables/table-data.ts'
import { classHeading, classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

const examplesEach = 2

/** The shapes of each class, as clustering finds them: two training images of each cluster. */
export const shapes: FigureMaker = (data) => {
  const found = datasetAnalysis(data, shapesKind)
  if (!found) return null
  const set = data.dataset?.dataset.train
  const most = Math.max(...found.map((clusters) => clusters.length))
  const drawn = drawnKana(most * examplesEach, 1, 1).dataset.train
  const sheets = classes.map(({ index, romanisation }): Sheet => {
    const pictures = found[index]!.flatMap(({ images }, cluster) =>
      Array.from({ length: examplesEach }, (_, i) =>
        set ? imageAt(set, images[i % images.length]!) : imageAt(drawn, index + classes.length * (cluster * examplesEach + i)),
      ),
    )
    return {
      name: `shapes-${romanisation}`,
      ...classHeading(index),
      alt: `${found[index]!.length} shapes of ${classLabel(index)}, ${examplesEach} examples of each`,
      raster: pictureSheet(pictures, { columns: most * examplesEach, gutter: 2, group: examplesEach }),
      scale: 2,
    }
  })
  const title = data.dataset
    ? 'Images of one class fall into groups that look different'
    : 'Ten classes, their shapes found by clustering'
  return {
    title,
    subtitle: `The training images of each class in ${most} clusters of like pixels, the largest first: two images nearest to each centre`,
    alt: `${title}: ten rows, a row a class, of ${most} pairs of small pictures.`,
    sheets,
    inRows: true,
    characters: data.dataset ? 'data set' : 'drawn',
    runs: [],
    table: {
      columns: [
        { label: 'Class' },
        ...Array.from({ length: most }, (_, i) => ({ label: `cluster ${i + 1}`, group: 'Share of the class', numeric: true })),
      ],
      rows: found.map((clusters, label) => [
        { text: classLabel(label), kana: true },
        ...Array.from({ length: most }, (_, i) => (clusters[i] ? numberCell(clusters[i].share, 'percent') : '–')),
      ]),
    },
  }
}
