import { activationsKind, convolutionStages, filterActivations } from '../analyses/activations.ts'
import { calibrationKind, measureCalibration, ofPredictions, type Calibration } from '../analyses/calibration.ts'
import { dataSetKind, measureDataSet, ofSplit } from '../analyses/data-set.ts'
import { forwardOn, type Forward } from '../analyses/forward.ts'
import { linearBaseline } from '../analyses/linear-baseline.ts'
import { clusterShapes, shapesKind } from '../analyses/shapes.ts'
import { scoreShifts, shiftsKind, type Shifts } from '../analyses/shifts.ts'
import { listSplits, ofSplits, splitsKind, wrongChecksums } from '../analyses/splits.ts'
import {
  analysisPath,
  judgeAnalysis,
  ofWeights,
  runSuffix,
  writeAnalysis,
  type AnalysisKind,
} from '../analyses/stored-analysis.ts'
import { mainSeed, protocols } from '../catalogue.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { kmnistId } from '../dataset/kmnist.ts'
import { stratifiedSplit } from '../dataset/split.ts'
import type { Engine } from '../engine/network.ts'
import { explainError } from '../is-defect.ts'
import type { Layer } from '../models/layers.ts'
import type { Verdict } from '../results/freshness.ts'
import { isStoredFinite, readPredictions, readWeights } from '../results/read-results.ts'
import type { RunRecord } from '../results/schema.ts'
import { rescoringTolerance } from '../results/verify-record.ts'
import { runData } from '../runs/run-data.ts'

interface AnalysisTools {
  dataset: Dataset
  engine: Engine
}

/** An analysis that there should be: whether it is fresh, and how to make it. */
export interface AnalysisJob {
  /** `shifts-corrected-cnn-seed-1`. */
  label: string
  protocol: string
  judge: () => Omit<Verdict, 'record'>
  /** What is wrong with what is stored: other inputs, or a result that contradicts its record. Null where none is stored. */
  verify: () => string[] | null
  make: (tools: AnalysisTools) => Promise<void>
}

const corrected = protocols.find(({ name }) => name === 'corrected')!

function makeJob<Of, Result>(
  resultsDir: string,
  kind: AnalysisKind<Of, Result>,
  about: { of: Of; protocol: string; suffix?: string; label: string },
  compute: (tools: AnalysisTools & { forward: Forward }) => Result | Promise<Result>,
  contradictions: (result: Result) => string[] = () => [],
): AnalysisJob {
  const file = analysisPath(resultsDir, kind, about.suffix)
  return {
    label: about.label,
    protocol: about.protocol,
    judge: () => {
      const { verdict, reasons } = judgeAnalysis(kind, file, about.of)
      return { verdict, reasons }
    },
    verify: () => {
      const { verdict, reasons, result } = judgeAnalysis(kind, file, about.of)
      return verdict === 'missing' ? null : [...reasons, ...(result === undefined ? [] : contradictions(result))]
    },
    make: async (tools) => writeAnalysis(kind, file, about.of, await compute({ ...tools, forward: forwardOn(tools.engine) })),
  }
}

/** Unshifted images are the test images: scored anew, so that rounding may move as many as in any scoring elsewhere. */
function unshiftedDiffers([unshifted]: Shifts, { evaluation: { test } }: RunRecord): string[] {
  const moved = Math.round(Math.abs(unshifted!.accuracy - test.accuracy) * test.images)
  return moved <= Math.ceil((rescoringTolerance.imagesPerTenThousand * test.images) / 10_000)
    ? []
    : [`unshifted, the accuracy is ${unshifted!.accuracy}; the record has ${test.accuracy}`]
}

/** The test images are scored as the record has them, and the temperature is fitted on the run's own validation images. */
function calibrationDiffers({ accuracy, tempered }: Calibration, { evaluation: { test, validation } }: RunRecord): string[] {
  const near = (a: number, b: number | null | undefined, tolerance: number) => Math.abs(a - (b ?? NaN)) < tolerance
  return [
    ...(near(accuracy, test.accuracy, 1e-9) ? [] : [`the accuracy is ${accuracy}; the record has ${test.accuracy}`]),
    ...(!tempered || near(tempered.validationLoss, validation?.loss, rescoringTolerance.loss)
      ? []
      : [`the validation loss is ${tempered.validationLoss}; the record has ${validation?.loss}`]),
  ]
}

/** What a measure makes of a model's outputs, with these weights. */
function ofOutputs<Result>(
  forward: Forward,
  layers: readonly Layer[],
  weights: Float32Array[],
  measure: (outputs: (images: Uint8Array) => Float32Array) => Result,
): Result {
  const { outputs, dispose } = forward(layers, weights)
  const found = measure(outputs)
  dispose()
  return found
}

/** How far the probabilities of a run can be trusted; nothing where it keeps no predictions. */
function calibrationJobs(resultsDir: string, record: RunRecord): AnalysisJob[] {
  const of = ofPredictions(record)
  if (!of) return []
  const { protocol, experiment } = record.settings
  const suffix = runSuffix(record)
  const about = { of, suffix, protocol: record.protocol, label: `${calibrationKind.name}-${suffix}` }
  const compute = ({ dataset, forward }: { dataset: Dataset; forward: Forward }) => {
    const { test, validation } = runData(dataset, protocol, record.seed)
    const scored = { logits: readPredictions(resultsDir, record)!, labels: test.labels }
    const weights = readWeights(resultsDir, record)
    if (!weights || protocol.validation.from === 'test') return measureCalibration(scored, null)
    const logits = ofOutputs(forward, experiment.layers, weights, (outputs) => outputs(validation.images))
    return measureCalibration(scored, { logits, labels: validation.labels })
  }
  return [makeJob(resultsDir, calibrationKind, about, compute, (found) => calibrationDiffers(found, record))]
}

/** Analyses of one run's weights; none where it keeps none. */
function jobsOfRun(resultsDir: string, record: RunRecord): AnalysisJob[] {
  const of = ofWeights(record)
  if (!of) return []
  const { layers } = record.settings.experiment
  const suffix = runSuffix(record)
  const about = (name: string) => ({ of, suffix, protocol: record.protocol, label: `${name}-${suffix}` })
  const weights = () => readWeights(resultsDir, record)!
  const shifts = makeJob(
    resultsDir,
    shiftsKind,
    about(shiftsKind.name),
    ({ dataset, forward }) => ofOutputs(forward, layers, weights(), (outputs) => scoreShifts(outputs, dataset.test)),
    (found) => unshiftedDiffers(found, record),
  )
  const stages = convolutionStages(layers)
  if (stages.length === 0) return [shifts]
  const activations = makeJob(resultsDir, activationsKind, about(activationsKind.name), ({ dataset, forward }) =>
    stages.map((stage) =>
      ofOutputs(forward, stage.layers, weights().slice(0, stage.weightArrays), (outputs) =>
        filterActivations(stage, outputs, dataset.test),
      ),
    ),
  )
  return [shifts, activations]
}

function jobsOfDataset(resultsDir: string): AnalysisJob[] {
  const seed = mainSeed(corrected)
  const about = <Of>(label: string, of: Of) => ({ of, protocol: corrected.name, label })
  const ofBaselines = ofSplit(corrected, seed)
  const splits = ofSplits(corrected)
  return [
    makeJob(resultsDir, shapesKind, about(shapesKind.name, kmnistId), ({ dataset }) => clusterShapes(dataset.train)),
    makeJob(
      resultsDir,
      splitsKind,
      about(splitsKind.name, splits),
      ({ dataset }) => listSplits(dataset.train.labels, splits),
      wrongChecksums,
    ),
    makeJob(resultsDir, dataSetKind, about(dataSetKind.name, ofBaselines), async ({ dataset, engine, forward }) => {
      const linear = await linearBaseline(runData(dataset, corrected, seed), engine, corrected, seed)
      const split = stratifiedSplit(dataset.train.labels, splits.perClass, seed)
      const facts = measureDataSet(dataset, { seed, ...split }, forward, (images) => linear.logits(images))
      linear.dispose()
      return facts
    }),
  ]
}

/** Every analysis that the records call for, and those of the data set where any run of the report is there. */
export function analysisJobs(resultsDir: string, records: readonly RunRecord[]): AnalysisJob[] {
  const full = records.filter(({ settings, dataset }) => !settings.protocol.imagesPerClass && dataset.source === 'kmnist')
  return [
    ...(full.length ? jobsOfDataset(resultsDir) : []),
    ...full
      // Of audits only the numbers of their epochs are used.
      .filter(({ settings }) => !settings.protocol.testEachEpoch)
      // Of a run that diverged there is nothing to measure.
      .filter((record) => isStoredFinite(resultsDir, record))
      .flatMap((record) => [...jobsOfRun(resultsDir, record), ...calibrationJobs(resultsDir, record)]),
  ]
}

/**
 * Makes analyses one after the other: one that fails keeps none of the others from being made.
 * @param log told what is made, and of one that fails why
 * @returns how many failed
 */
export async function makeAnalyses(
  jobs: readonly Pick<AnalysisJob, 'label' | 'make'>[],
  tools: AnalysisTools,
  log: (line: string) => void,
): Promise<number> {
  let failed = 0
  for (const { label, make } of jobs) {
    log(`analysing: ${label}`)
    try {
      await make(tools)
    } catch (error) {
      failed++
      log(`${label} failed: ${explainError(error)}`)
    }
  }
  return failed
}
