import { expect, test } from 'vitest'
import { calibrationKind } from '../../experiments/analyses/calibration.ts'
import { analysisPath, ofWeights, runSuffix, writeAnalysis } from '../../experiments/analyses/stored-analysis.ts'
import { calibrationTable } from '../../src/tables/calibration.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { texts } from './hand-made.ts'

test('calibration: as trained, with a temperature, and under the original’s protocol', () => {
  const data = siteOfRuns({ corrected: { cnn: {}, fcnn: {} }, published: { fcnn: {} } })
  const [cnn, fcnn, original] = data.allRuns
  const asTrained = { confidence: 0.981, error: 0.0312, interval: { low: 0.0249, high: 0.0361 }, logLoss: 0.25, brier: 0.081 }
  const tempered = {
    temperature: 2.084,
    confidence: 0.957,
    error: 0.0044,
    interval: { low: 0, high: 0.0056 },
    logLoss: 0.16,
    brier: 0.07,
  }
  for (const [run, error, fitted] of [
    [cnn!, 0.0312, tempered],
    [original!, 0.0066, null],
  ] as const) {
    run.files = { ...run.files, weights: 'a'.repeat(64) }
    const found = { accuracy: 0.956, asTrained: { ...asTrained, error }, tempered: fitted }
    writeAnalysis(calibrationKind, analysisPath(data.resultsDir, calibrationKind, runSuffix(run)), ofWeights(run)!, found)
  }
  const { columns, rows, runs } = calibrationTable(data, {})
  expect(columns.slice(1, 3).map(({ label }) => label)).toEqual(['CNN', 'FCNN'])
  expect(rows.map((row) => texts(row).slice(0, 3))).toEqual([
    ['accuracy', '95.6\u00a0%', null],
    ['mean probability of its answer', '98.1\u00a0%', null],
    ['calibration error, points', '3.1', null],
    ['its 95\u00a0% interval', '2.5 to 3.6', null],
    ['log loss', '.250', null],
    ['Brier score', '.081', null],
    ['temperature fitted on validation images', '2.08', null],
    ['with it: mean probability of its answer', '95.7\u00a0%', null],
    ['with it: calibration error, points', '0.4', null],
    ['with it: its 95\u00a0% interval', '0.0 to 0.6', null],
    ['with it: log loss', '.160', null],
    ['with it: Brier score', '.070', null],
    ['original’s protocol: calibration error, points', null, '0.7'],
    ['original’s protocol: its 95\u00a0% interval', null, '2.5 to 3.6'],
  ])
  expect(runs).toEqual([cnn, original])
  // Of the FCNN nothing was measured by our protocol.
  expect(fcnn!.files.weights).toBeNull()
})
