import { classCount } from '../../experiments/models/layers.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { softmax } from '../../experiments/statistics/softmax.ts'
import type { Series } from '../charts/series.ts'
import { testLabels } from './compare.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** A test image that a network misread. */
export interface MisreadImage {
  /** Its place in the test set, from 0. */
  image: number
  truth: number
  predicted: number
  /** The probability given to the class predicted. */
  confidence: number
  /** Classes that the other networks predicted, in the gallery's order of them. */
  others: number[]
}

/** What one run of an experiment misread, and what a run of each other experiment said. */
export interface Gallery {
  series: Series
  run: RunRecord
  others: { series: Series; run: RunRecord }[]
  /** The surest mistakes first; null where the true classes are not at hand: they come with the data set. */
  images: MisreadImage[] | null
}

/** The mistakes of the first run of an experiment that keeps its predictions; null where there is none. */
export function galleryOf(data: SiteData, experiment: string): Gallery | null {
  const { series, runs } = experimentData(data, experiment)
  const run = runs.find((one) => data.predictions(one))
  if (!run) return null
  // Of the others, the run of the same seed where there is one.
  const others = data.experiments.flatMap((one) => {
    const kept = one.runs.filter((other) => data.predictions(other))
    const other = kept.find(({ seed }) => seed === run.seed) ?? kept[0]
    return other && one.experiment.name !== experiment && sameImages(run, other) ? [{ series: one.series, run: other }] : []
  })
  return {
    series,
    run,
    others,
    images: misreadImages(
      data,
      run,
      others.map((one) => one.run),
    ),
  }
}

const sameImages = (a: RunRecord, b: RunRecord) =>
  a.dataset.testImages === b.dataset.testImages && a.evaluation.test.images === b.evaluation.test.images

function misreadImages(data: SiteData, run: RunRecord, others: readonly RunRecord[]): MisreadImage[] | null {
  const [labels, logits, predicted] = [testLabels(data, run), data.logits(run), data.predictions(run)]
  if (!labels || !logits || !predicted) return null
  const said = others.map((other) => data.predictions(other)!)
  return Array.from(labels.keys())
    .filter((i) => labels[i] !== predicted[i])
    .map((i) => ({
      image: i,
      truth: labels[i]!,
      predicted: predicted[i]!,
      confidence: softmax(logits.subarray(i * classCount, (i + 1) * classCount))[predicted[i]!]!,
      others: said.map((classes) => classes[i]!),
    }))
    .sort((a, b) => b.confidence - a.confidence || a.image - b.image)
}

/** Images of one cell of the confusion matrix. */
export interface GalleryCell {
  truth: number
  predicted: number
  images: MisreadImage[]
}

/** The cells that hold images, a list for each true class, the fullest first. */
export const cellsOf = (images: readonly MisreadImage[]): GalleryCell[][] =>
  Array.from({ length: classCount }, (_, truth) =>
    Array.from({ length: classCount }, (__, predicted) => ({
      truth,
      predicted,
      images: images.filter((one) => one.truth === truth && one.predicted === predicted),
    }))
      .filter((cell) => cell.images.length > 0)
      .sort((a, b) => b.images.length - a.images.length || a.predicted - b.predicted),
  )
