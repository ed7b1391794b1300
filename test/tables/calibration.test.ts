import { expect, test } from 'vitest'
import { calibrationKind, ofPredictions, type Calibration } from '../../experiments/analyses/calibration.ts'
import { analysisPath, runSuffix, writeAnalysis } from '../../experiments/analyses/stored-analysis.ts'
import { calibrationTable } from '../../src/tables/calibration.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { texts } from './hand-made.ts'

const calibration = (error: number, tempered: Calibration['tempered'] = null): Calibration => ({
  accuracy: 0.95 + error / 10,
  asTrained: {
    confidence: 0.95 + error,
    error,
    interval: { low: 0.0249, high: 0.0361 },
    logLoss: 0.2 + error,
    brier: 0.05 + error,
  },
  tempered,
})

test('calibration: over seeds as trained, at a temperature where weights are stored, and under the original’s protocol', () => {
  const data = siteOfRuns({
    corrected: { cnn: [{}, {}], fcnn: {} },
    published: { fcnn: {}, 'cnn-augmented': { status: 'stopped-at-budget' } },
  })
  const [first, second, fcnn, original] = data.allRuns
  const tempered = {
    temperature: 2.084,
    validationLoss: 0.1,
    confidence: 0.957,
    error: 0.0044,
    interval: { low: 0, high: 0.0056 },
    logLoss: 0.16,
    brier: 0.07,
  }
  for (const [run, found] of [
    [first!, calibration(0.031, tempered)],
    [second!, calibration(0.029)],
    [original!, calibration(0.0066)],
  ] as const) {
    run.files = { ...run.files, predictions: `${run.protocol} ${run.seed}` }
    writeAnalysis(calibrationKind, analysisPath(data.resultsDir, calibrationKind, runSuffix(run)), ofPredictions(run)!, found)
  }
  const { columns, rows, runs } = calibrationTable(data, {})
  expect(columns.slice(1, 3).map(({ label }) => label)).toEqual(['CNN', 'FCNN'])
  // Two errors of .03 ± .001: their mean's error is .001, and t with one degree of freedom 12.71.
  expect(rows.map((row) => texts(row).slice(0, 3))).toEqual([
    ['accuracy', '95.3\u00a0%', null],
    ['mean probability of its answer', '98.0\u00a0%', null],
    ['calibration error, points', '3.0', null],
    ['its 95\u00a0% interval', '1.7 to 4.3', null],
    ['log loss', '.230', null],
    ['Brier score', '.080', null],
    ['stored weights: calibration error, points', '3.1', null],
    ['temperature fitted on validation images', '2.08', null],
    ['with it: calibration error, points', '0.4', null],
    ['with it: log loss', '.160', null],
    ['original’s protocol: accuracy', null, '95.1\u00a0%'],
    ['original’s protocol: mean probability of its answer', null, '95.7\u00a0%'],
    ['original’s protocol: calibration error, points', null, '0.7'],
    ['original’s protocol: its 95\u00a0% interval', null, '2.5 to 3.6'],
    ['original’s protocol: log loss', null, '.207'],
    ['original’s protocol: Brier score', null, '.057'],
  ])
  // What was stopped at its budget is left out.
  expect(texts(rows.at(-1)!)).toEqual(['original’s protocol: Brier score', null, '.057', '–', null, null])
  expect(runs).toEqual([first, second, original])
  // Of the FCNN nothing was measured by our protocol.
  expect(fcnn!.protocol).toBe('corrected')
})
