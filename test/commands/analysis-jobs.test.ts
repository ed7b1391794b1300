import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { calibrationKind, ofPredictions } from '../../experiments/analyses/calibration.ts'
import { dataSetKind, ofSplit, type DataSetFacts } from '../../experiments/analyses/data-set.ts'
import { shiftsKind } from '../../experiments/analyses/shifts.ts'
import { analysisPath, ofWeights, runSuffix, writeAnalysis } from '../../experiments/analyses/stored-analysis.ts'
import { experiments, protocols } from '../../experiments/catalogue.ts'
import { analysisJobs, makeAnalyses } from '../../experiments/commands/analysis-jobs.ts'
import { parameterCount } from '../../experiments/models/layers.ts'
import { toFloat16Bytes } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'
import { makeRecord } from '../helpers/make-record.ts'

const withWeights = { predictions: null, weights: 'a'.repeat(64) }
const record = makeRecord({ files: withWeights })
const labels = (resultsDir: string, records = [record]) => analysisJobs(resultsDir, records).map(({ label }) => label)

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('asks for analyses of the data set and of every run that keeps weights, of convolutions where it has some', () => {
  expect(labels('/nowhere')).toEqual(['shapes', 'splits', 'data-set', 'shifts-corrected-fcnn-seed-3'])
  const experiment = experiments.find(({ name }) => name === 'cnn')!
  const cnn = makeRecord({ experiment: 'cnn', settings: { experiment, protocol: record.settings.protocol }, files: withWeights })
  expect(labels('/nowhere', [cnn])).toContain('activations-corrected-cnn-seed-3')
  expect(labels('/nowhere', [makeRecord()])).toEqual(['shapes', 'splits', 'data-set', 'calibration-corrected-fcnn-seed-3'])
})

test('asks for none of smoke runs, whose numbers mean nothing', () => {
  const protocol = protocols.find(({ name }) => name === 'smoke')!
  expect(labels('/nowhere', [makeRecord({ settings: { ...record.settings, protocol }, files: withWeights })])).toEqual([])
})

test.each([
  ['logits', NaN, 1],
  ['logits', -Infinity, 1],
  ['weights', 1, Infinity],
])('asks for none of a run that diverged: one of its %s is not finite (%d, %d)', (_, logit, weight) => {
  const folder = temporaryFolder()
  const keep = (lastLogit: number, lastWeight: number) => {
    const predictions = toFloat16Bytes([new Float32Array(400).fill(0.5).with(399, lastLogit)])
    const others = parameterCount(record.settings.experiment.layers) - 1
    const weights = toFloat16Bytes([new Float32Array(others).fill(0.5), Float32Array.of(lastWeight)])
    const run = makeRecord({ files: { predictions: sha256(predictions), weights: sha256(weights) } })
    writeRun(folder, run, { predictions, weights })
    return labels(folder, [run])
  }
  expect(keep(1, 1)).toContain('calibration-corrected-fcnn-seed-3')
  expect(keep(logit, weight)).toEqual(['shapes', 'splits', 'data-set'])
})

test('makes the others where one fails, and says of that one why', async () => {
  const made: string[] = []
  const said: string[] = []
  const job = (label: string, fails: boolean) => ({
    label,
    make: () => (fails ? Promise.reject(new Error('it has no images')) : Promise.resolve(void made.push(label))),
  })
  const tools = {} as Parameters<typeof makeAnalyses>[1]
  expect(await makeAnalyses([job('one', false), job('two', true), job('three', false)], tools, (line) => said.push(line))).toBe(1)
  expect(made).toEqual(['one', 'three'])
  expect(said).toEqual(['analysing: one', 'analysing: two', 'two failed: it has no images', 'analysing: three'])
})

test('finds shifts whose unshifted accuracy is not the record’s', () => {
  const folder = temporaryFolder()
  const file = analysisPath(folder, shiftsKind, runSuffix(record))
  const found = (accuracy: number) => {
    const unshifted = { distance: 0, accuracy, standardError: 0, change: 0, changeError: 0, macroF1: accuracy }
    writeAnalysis(shiftsKind, file, ofWeights(record)!, [unshifted])
    return analysisJobs(folder, [record])
      .find(({ label }) => label.startsWith('shifts'))!
      .verify()
  }
  const { accuracy } = record.evaluation.test
  expect(found(accuracy)).toEqual([])
  expect(found(accuracy - 0.1)).toEqual([expect.stringContaining(`the record has ${accuracy}`)])
})

test('asks for the calibration of every run that keeps predictions, and finds those that are not of the record', () => {
  const folder = temporaryFolder()
  const run = makeRecord({ files: { predictions: 'b'.repeat(64), weights: null } })
  expect(labels(folder, [run])).toEqual(['shapes', 'splits', 'data-set', 'calibration-corrected-fcnn-seed-3'])
  const audit = { ...run.settings.protocol, testEachEpoch: true }
  expect(labels(folder, [{ ...run, settings: { ...run.settings, protocol: audit } }])).toEqual(['shapes', 'splits', 'data-set'])
  const { test: scored, validation } = run.evaluation
  const found = (accuracy: number, validationLoss: number) => {
    const asTrained = { confidence: 0.9, error: 0.1, interval: { low: 0, high: 0.2 }, logLoss: 1, brier: 1 }
    const tempered = { ...asTrained, temperature: 2, validationLoss }
    const file = analysisPath(folder, calibrationKind, runSuffix(run))
    writeAnalysis(calibrationKind, file, ofPredictions(run)!, { accuracy, asTrained, tempered })
    return analysisJobs(folder, [run])
      .find(({ label }) => label.startsWith('calibration'))!
      .verify()
  }
  expect(found(scored.accuracy, validation!.loss!)).toEqual([])
  expect(found(scored.accuracy - 1e-4, validation!.loss!)).toEqual([expect.stringContaining(`the record has ${scored.accuracy}`)])
  expect(found(scored.accuracy, validation!.loss! + 0.002)).toEqual([
    expect.stringContaining(`the record has ${validation!.loss}`),
  ])
})

test('calls the facts of the data set stale once another seed or protocol decides their split and baselines', () => {
  const folder = temporaryFolder()
  const file = analysisPath(folder, dataSetKind)
  const { result } = JSON.parse(readFileSync('content/results/analyses/data-set.json', 'utf8')) as { result: DataSetFacts }
  const corrected = protocols.find(({ name }) => name === 'corrected')!
  const judged = (protocol: Protocol, seed: number) => {
    writeAnalysis(dataSetKind, file, ofSplit(protocol, seed), result)
    return analysisJobs(folder, [record])
      .find(({ label }) => label === 'data-set')!
      .judge()
  }
  expect(judged(corrected, 1).verdict).toBe('fresh')
  expect(judged(corrected, 2)).toEqual({ verdict: 'stale', reasons: ['it was made of other seed'] })
  expect(judged({ ...corrected, optimizer: { ...corrected.optimizer, rate: 0.5 } }, 1)).toEqual({
    verdict: 'stale',
    reasons: ['it was made of other protocol'],
  })
})

test('has nothing to find fault with where nothing is stored', () => {
  expect(analysisJobs('/nowhere', [record]).every((job) => job.verify() === null)).toBe(true)
})
