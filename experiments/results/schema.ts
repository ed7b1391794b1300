import { z } from 'zod'
import { layerSchema } from '../models/layers.ts'
import { protocolSchema } from '../training/protocol.ts'

/** The only door between training and the site: what a finished run leaves, as JSON. Strict: an unknown key is an error. */
export const schemaVersion = 1

export const experimentSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** As charts and tables write it. */
  title: z.string(),
  layers: z.array(layerSchema),
  augmented: z.boolean(),
})

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Null where the number was not finite (a diverged run): JSON has no NaN. */
const measure = z.number().nullable()
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

export const historyRowSchema = z.strictObject({
  /** From 1. */
  epoch: z.int().positive(),
  /** Mean cross-entropy over the epoch's training images, dropout on, while the weights change (Keras' running mean). */
  loss: measure,
  accuracy: share,
  /** After the epoch, dropout off. */
  valLoss: measure,
  valAccuracy: share,
  /** The rate used in this epoch. */
  learningRate: z.number(),
  testLoss: measure.optional(),
  testAccuracy: share.optional(),
})
export type HistoryRow = z.infer<typeof historyRowSchema>

/** What a set of images was scored with. Accuracy and number of images must be those of the confusion matrix. */
export const scoreSchema = z
  .strictObject({
    images: z.int().positive(),
    /** Mean cross-entropy, dropout off. */
    loss: measure,
    accuracy: share,
    /** Rows the true class, columns the predicted one. */
    confusion: z.array(z.array(count).length(10)).length(10),
  })
  .superRefine((score, context) => {
    const total = score.confusion.flat().reduce((a, b) => a + b, 0)
    if (total !== score.images)
      context.addIssue({ code: 'custom', path: ['confusion'], message: `sums to ${total}, but images is ${score.images}` })
    const right = score.confusion.reduce((sum, row, i) => sum + row[i]!, 0)
    if (Math.abs(right / score.images - score.accuracy) > 1e-9)
      context.addIssue({
        code: 'custom',
        path: ['accuracy'],
        message: `is ${score.accuracy}, but the confusion matrix gives ${right / score.images}`,
      })
  })
export type Score = z.infer<typeof scoreSchema>

/** The four files' SHA-256 (of the uncompressed bytes), or those of the drawn stand-in. */
export const datasetIdSchema = z.strictObject({
  source: z.enum(['kmnist', 'drawn-kana']),
  trainImages: sha256,
  trainLabels: sha256,
  testImages: sha256,
  testLabels: sha256,
})
export type DatasetId = z.infer<typeof datasetIdSchema>

/** Where and with what a run was trained: of the last sitting, where there were several. */
export const provenanceSchema = z.strictObject({
  engine: z.enum(['native', 'portable']),
  engineVersion: z.string(),
  tensorflow: z.string().nullable(),
  cpu: z.string(),
  cores: z.int().positive(),
  threads: z.int().positive(),
  os: z.string(),
  node: z.string(),
  /** SHA-256 of package-lock.json. */
  lockfile: sha256,
  /** The commit the working tree was at; `+` behind it where the tree had changes. */
  commit: z.string().nullable(),
  peakMemoryBytes: z.int().positive(),
  /** The sittings the run was trained in. */
  segments: z.array(
    z.strictObject({
      start: z.iso.datetime(),
      wallSeconds: z.number().nonnegative(),
      firstEpoch: z.int().positive(),
      lastEpoch: count,
      /** As above; absent from records made before sittings said it. */
      cpu: z.string().optional(),
      threads: z.int().positive().optional(),
      commit: z.string().nullable().optional(),
    }),
  ),
})
export type Provenance = z.infer<typeof provenanceSchema>

const recordSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  experiment: z.string(),
  protocol: z.string(),
  seed: z.int().nonnegative(),
  /** Both as they were when the run was trained. */
  settings: z.strictObject({ experiment: experimentSchema, protocol: protocolSchema }),
  dataset: datasetIdSchema,
  /** Numbers of the code's behaviour that this run rests on, by part: the hash of each part's miniature (see freshness). */
  behaviour: z.record(z.string(), z.string()),
  /** `converged`: the stopping rule fired; else a cap on epochs came first. */
  status: z.enum(['converged', 'stopped-at-budget']),
  epochs: z.int().positive(),
  scoredEpoch: z.int().positive(),
  history: z.array(historyRowSchema).min(1),
  timings: z.strictObject({
    /** Of each epoch, training and validation. */
    secondsPerEpoch: z.array(z.number().nonnegative()),
    /** Training images per second of the median epoch, validation included. */
    imagesPerSecond: z.number().nonnegative(),
  }),
  evaluation: z.strictObject({
    /** The training images as they are, without augmentation. */
    train: scoreSchema,
    /** Absent where the validation data are the test set. */
    validation: scoreSchema.optional(),
    test: scoreSchema,
    alsoScored: z
      .array(z.strictObject({ chosenBy: z.enum(['last', 'validation', 'test']), epoch: z.int().positive(), test: scoreSchema }))
      .optional(),
  }),
  /** SHA-256 of the files beside this one, null where the run keeps none. */
  files: z.strictObject({ predictions: sha256.nullable(), weights: sha256.nullable() }),
  provenance: provenanceSchema,
})

/** What a run leaves: what was asked for, what training and scoring gave, and with what on which machine. Its names are those of its settings. */
export const runRecordSchema = recordSchema.superRefine((record, context) => {
  for (const part of ['experiment', 'protocol'] as const)
    if (record[part] !== record.settings[part].name)
      context.addIssue({ code: 'custom', path: [part], message: `the settings are those of ${record.settings[part].name}` })
})
export type RunRecord = z.infer<typeof runRecordSchema>
