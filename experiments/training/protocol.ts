import { z } from 'zod'

/** How a run is trained and scored, every hyperparameter written out: the catalogue's protocols, and what a record repeats. */
export const optimizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('adadelta'), rate: z.number().positive(), rho: z.number(), epsilon: z.number() }),
  z.strictObject({ kind: z.literal('sgd'), rate: z.number().positive(), momentum: z.number() }),
  z.strictObject({
    kind: z.literal('adam'),
    rate: z.number().positive(),
    beta1: z.number(),
    beta2: z.number(),
    epsilon: z.number(),
  }),
])
export type Optimizer = z.infer<typeof optimizerSchema>

const monitor = z.enum(['valLoss', 'valAccuracy'])

/** Keras' ReduceLROnPlateau: the rate times `factor` after `patience` epochs without a value better by more than `minDelta`. */
export const plateauSchema = z.strictObject({
  monitor,
  factor: z.number().gt(0).lt(1),
  patience: z.int().positive(),
  minDelta: z.number().nonnegative(),
})

/** Keras' EarlyStopping: the end after `patience` epochs without a value better by more than `minDelta`. */
export const stoppingSchema = z.strictObject({
  monitor,
  patience: z.int().positive(),
  minDelta: z.number().nonnegative(),
})

/**
 * Random affine transforms as Keras' ImageDataGenerator draws them: rotation and shear in degrees, shifts as shares of the side,
 * one zoom factor per axis, edges continued ("nearest").
 */
export const augmentationSchema = z.strictObject({
  rotation: z.number(),
  shift: z.number(),
  shear: z.number(),
  zoom: z.tuple([z.number(), z.number()]),
  /**
   * `fresh`: a new transform of each image every epoch. `fixed-copies`: that many copies of each image, drawn once from the seed and
   * the same in every epoch, which is then that many times as long; the originals are not among them.
   */
  draw: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fresh') }),
    z.strictObject({ kind: z.literal('fixed-copies'), copies: z.int().positive() }),
  ]),
})
export type Augmentation = z.infer<typeof augmentationSchema>

export const protocolSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9.-]+$/),
  /** One sentence for the reader of a list. */
  summary: z.string(),
  optimizer: optimizerSchema,
  batchSize: z.int().positive(),
  maxEpochs: z.int().positive(),
  /** `test`: the test set serves as validation data, as in the original. */
  validation: z.discriminatedUnion('from', [
    z.strictObject({ from: z.literal('training'), perClass: z.int().positive() }),
    z.strictObject({ from: z.literal('test') }),
  ]),
  plateau: plateauSchema.nullable(),
  stopping: stoppingSchema.nullable(),
  /** Whose weights are scored: the epoch of the highest validation accuracy (on ties the lower loss), or the last one's. */
  score: z.enum(['best', 'last']),
  /** Used by the augmented experiments only. */
  augmentation: augmentationSchema,
  /** Caps on images a class, for smoke runs; null: all of them. */
  imagesPerClass: z.strictObject({ training: z.int().positive(), test: z.int().positive() }).nullable(),
  /** Audits also score the test set after every epoch. */
  testEachEpoch: z.boolean(),
  /** Sweeps keep metrics only. */
  keepPredictions: z.boolean(),
})
export type Protocol = z.infer<typeof protocolSchema>
