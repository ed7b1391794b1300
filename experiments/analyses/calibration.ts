import { z } from 'zod'
import { createRandom } from '../random.ts'
import type { RunRecord } from '../results/schema.ts'
import { brierScore, fitTemperature, logLoss } from '../statistics/calibration.ts'
import { calibrationErrorInterval, expectedCalibrationError, reliabilityBins } from '../statistics/reliability.ts'
import type { AnalysisKind } from './stored-analysis.ts'

const share = z.number().min(0).max(1)
const calibratedSchema = z.strictObject({
  /** Mean probability of the predicted class. */
  confidence: share,
  /** Expected calibration error over 15 bins of equally many images, and its 95 % interval over test images. */
  error: share,
  interval: z.strictObject({ low: share, high: share }),
  /** In nats. */
  logLoss: z.number().nonnegative(),
  /** 0 (best) … 2. */
  brier: z.number().min(0).max(2),
})
export type Calibrated = z.infer<typeof calibratedSchema>

const resultSchema = z.strictObject({
  /** Share of the test images read right; no temperature changes it. */
  accuracy: share,
  asTrained: calibratedSchema,
  /** With the logits divided by a temperature fitted on validation images; null where these are the test images or no weights are kept. */
  tempered: z
    .strictObject({
      temperature: z.number().positive(),
      /** Log loss of the images it was fitted on, before. */
      validationLoss: z.number().nonnegative(),
      ...calibratedSchema.shape,
    })
    .nullable(),
})
export type Calibration = z.infer<typeof resultSchema>

const ofSchema = z.strictObject({
  experiment: z.string(),
  protocol: z.string(),
  seed: z.int().nonnegative(),
  predictions: z.string(),
  weights: z.string().nullable(),
  trainImages: z.string(),
  trainLabels: z.string(),
  testLabels: z.string(),
})
type OfPredictions = z.infer<typeof ofSchema>

/** What a run's calibration is derived from; null where it keeps no predictions. */
export function ofPredictions({ experiment, protocol, seed, files, dataset }: RunRecord): OfPredictions | null {
  const { trainImages, trainLabels, testLabels } = dataset
  const { predictions, weights } = files
  return predictions ? { experiment, protocol, seed, predictions, weights, trainImages, trainLabels, testLabels } : null
}

/** Whether a network's probabilities are what they say: of answers given with 90 % nine in ten should be right. */
export const calibrationKind: AnalysisKind<OfPredictions, Calibration> = {
  name: 'calibration',
  version: 1,
  of: ofSchema,
  result: resultSchema,
}

/** Logits `[n, 10]` of images, and these images' classes. */
interface Scored {
  logits: Float32Array
  labels: Uint8Array
}

function calibrated({ logits, labels }: Scored, temperature: number) {
  const bins = reliabilityBins(logits, labels, temperature)
  const mean = (of: 'confidence' | 'accuracy') => bins.reduce((sum, bin) => sum + bin.images * bin[of], 0) / labels.length
  return {
    accuracy: mean('accuracy'),
    measures: {
      confidence: mean('confidence'),
      error: expectedCalibrationError(logits, labels, temperature),
      interval: calibrationErrorInterval(logits, labels, createRandom(1, 'resampling'), temperature),
      logLoss: logLoss(logits, labels, temperature),
      brier: brierScore(logits, labels, temperature),
    },
  }
}

/** Measures the probabilities that a network gives test images, as trained and at a temperature (Guo et al. 2017). */
export function measureCalibration(test: Scored, validation: Scored | null): Calibration {
  const { accuracy, measures } = calibrated(test, 1)
  if (!validation) return { accuracy, asTrained: measures, tempered: null }
  const temperature = fitTemperature(validation.logits, validation.labels)
  const validationLoss = logLoss(validation.logits, validation.labels)
  return { accuracy, asTrained: measures, tempered: { temperature, validationLoss, ...calibrated(test, temperature).measures } }
}
