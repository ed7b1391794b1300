import { z } from 'zod'
import type { Metric } from '../../charts/curve-marks.ts'
import { readData } from '../read-data.ts'

const share = z.number().min(0).max(1)
const epoch = z.int().positive()

const publishedExperimentSchema = z.strictObject({
  /** On the test set, of the last epoch's weights. */
  classF1: z.array(share).length(10),
  macroF1: share,
  trainMacroF1: share,
  lastEpoch: epoch,
  lowestValLoss: z.strictObject({ epoch, value: z.number().positive() }),
  last: z.strictObject({ valLoss: z.number().positive(), valAccuracy: share }),
  /** Epochs from which the learning rate was a tenth of what it was. */
  rateFellAt: z.array(epoch),
  /** Epoch, loss, accuracy, validation loss, validation accuracy, learning rate of about 44 epochs. */
  curve: z.array(z.tuple([epoch, z.number(), share, z.number(), share, z.number()])).min(2),
})
export type PublishedExperiment = z.infer<typeof publishedExperimentSchema>

/** Training images, with dropout on, or validation images. */
export type CurveOf = 'training' | 'validation'
const columns = { accuracy: { training: 2, validation: 4 }, loss: { training: 1, validation: 3 } } as const

/** The epochs that the original prints, with its values of one measure. */
export const printedPoints = (curve: PublishedExperiment['curve'], metric: Metric, of: CurveOf) =>
  curve.map((row) => ({ epoch: row[0], value: row[columns[metric][of]] }))

/** `content/published.json`: what the original report and its run logs print, as facts with their citation. */
export const publishedSchema = z.strictObject({
  /** Key of the original report in references.bib. */
  citation: z.string(),
  parameters: z.record(z.string(), z.int().positive()),
  trainingImages: z.int().positive(),
  /** Of each image, where augmented. */
  copies: z.int().positive(),
  seed: z.int(),
  /** The KMNIST authors' own score of this CNN, and what the same code gives at Keras' newer default rate. */
  benchmark: z.strictObject({
    citation: z.string(),
    epochs: epoch,
    rate: z.number().positive(),
    accuracy: share,
    sameCodeAtDefaultRate: share,
  }),
  curveColumns: z.array(z.string()).length(6),
  experiments: z.record(z.string(), publishedExperimentSchema),
})
export type Published = z.infer<typeof publishedSchema>

/** Throws, naming file, place and value, where the file is not what the schema says. */
export const readPublished = (file: string): Published => readData(file, publishedSchema)
