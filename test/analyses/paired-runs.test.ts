import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { judgePairedRuns, pairedRunsPath, readPairedRuns, storePairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'
import { makeResults } from '../fixtures/make-results.ts'
import { temporaryFolder } from '../site/made-up-site.ts'

const labels = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10)

test('stores a test of every two experiments with the same seed, and reads it again', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn'], seeds: [1, 2], weights: false })
  makeResults(folder, { experiments: ['fcnn'], seeds: [2, 3], weights: false })
  storePairedRuns(folder, 'corrected', labels)
  const [pair, ...others] = readPairedRuns(folder, 'corrected')
  expect(others).toEqual([])
  expect(pair).toMatchObject({ a: 'cnn', b: 'fcnn', seed: 2 })
  const [a, b] = ['cnn', 'fcnn'].map((name) => readRunRecords(folder).find((r) => r.experiment === name && r.seed === 2)!)
  expect(pair!.predictions).toEqual([a!.files.predictions, b!.files.predictions])
  // What the two records say of themselves.
  expect(pair!.test.difference).toBeCloseTo(a!.evaluation.test.accuracy - b!.evaluation.test.accuracy, 12)
  expect((pair!.test.onlyA - pair!.test.onlyB) / 10_000).toBeCloseTo(pair!.test.difference, 12)
})

test('are missing before they were made, and stale once a run predicts otherwise', () => {
  const folder = temporaryFolder()
  const judged = () => judgePairedRuns(folder, 'corrected', readRunRecords(folder))
  makeResults(folder, { experiments: ['cnn'], weights: false })
  expect(judged()).toBeNull()
  makeResults(folder, { experiments: ['fcnn'], weights: false })
  expect(judged()).toEqual({ verdict: 'missing', reasons: ['it has not been made'] })
  storePairedRuns(folder, 'corrected', labels)
  expect(judged()).toEqual({ verdict: 'fresh', reasons: [] })
  const [cnn, fcnn] = readRunRecords(folder)
  const other = { ...fcnn!, files: { ...fcnn!.files, predictions: 'a'.repeat(64) } }
  expect(judgePairedRuns(folder, 'corrected', [cnn!, other])).toEqual({
    verdict: 'stale',
    reasons: ['it was made of other predictions'],
  })
  writeFileSync(pairedRunsPath(folder, 'corrected'), '{')
  expect(judged()).toMatchObject({ verdict: 'damaged', reasons: [expect.stringContaining('is not a file of paired runs')] })
})

test('has none where no file is, and names a damaged one', () => {
  const folder = temporaryFolder()
  expect(readPairedRuns(folder, 'corrected')).toEqual([])
  const file = pairedRunsPath(folder, 'corrected')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '{"schemaVersion": 1, "protocol": "corrected", "pairs": [{}]}')
  expect(() => readPairedRuns(folder, 'corrected')).toThrow(/paired-runs-corrected\.json is not a file of paired runs/)
})

test('stores no file where no two runs share a seed, and takes away one that was', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], seeds: [1], weights: false })
  expect(storePairedRuns(folder, 'corrected', labels)).toBe(1)
  rmSync(join(folder, 'corrected', 'fcnn'), { recursive: true })
  expect(storePairedRuns(folder, 'corrected', labels)).toBe(0)
  expect(existsSync(pairedRunsPath(folder, 'corrected'))).toBe(false)
})
