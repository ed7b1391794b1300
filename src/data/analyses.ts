import { dataSetKind, ofSplit, type DataSetFacts } from '../../experiments/analyses/data-set.ts'
import { ofSplits, splitsKind, type Splits } from '../../experiments/analyses/splits.ts'
import {
  analysisPath,
  ofWeights,
  readAnalysis,
  runSuffix,
  type AnalysisKind,
  type OfWeights,
} from '../../experiments/analyses/stored-analysis.ts'
import { mainSeed, protocols } from '../../experiments/catalogue.ts'
import { kmnistId } from '../../experiments/dataset/kmnist.ts'
import type { DatasetId, RunRecord } from '../../experiments/results/schema.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** A stored analysis of the first run of an experiment that has one, of the weights it keeps now; null where there is none. */
export function runAnalysis<Result>(
  data: SiteData,
  kind: AnalysisKind<OfWeights, Result>,
  experimentName: string,
): { run: RunRecord; result: Result } | null {
  for (const run of experimentData(data, experimentName).runs) {
    const of = ofWeights(run)
    const result = of && readAnalysis(kind, analysisPath(data.resultsDir, kind, runSuffix(run)), of)
    if (result) return { run, result }
  }
  return null
}

/** A stored analysis of the data set, or null where there is none. */
export const datasetAnalysis = <Result>(data: SiteData, kind: AnalysisKind<DatasetId, Result>): Result | null =>
  readAnalysis(kind, analysisPath(data.resultsDir, kind), kmnistId) ?? null

const corrected = protocols.find(({ name }) => name === 'corrected')!

/** The seeds of our protocol, each with its validation images; without a split where they are not listed. */
export function validationSplits({ resultsDir }: SiteData): { seed: number; split: Splits[number] | undefined }[] {
  const of = ofSplits(corrected)
  const stored = readAnalysis(splitsKind, analysisPath(resultsDir, splitsKind), of)
  return of.seeds.map((seed) => ({ seed, split: stored?.find((one) => one.seed === seed) }))
}

/** What was measured on the data set; null where it was not. */
export const dataSetFacts = ({ resultsDir }: SiteData): DataSetFacts | null =>
  readAnalysis(dataSetKind, analysisPath(resultsDir, dataSetKind), ofSplit(corrected, mainSeed(corrected))) ?? null
