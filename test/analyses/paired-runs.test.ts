import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mean } from 'd3-array'
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
  const { pairs, recipes } = readPairedRuns(folder, 'corrected')
  const [pair, ...others] = pairs
  expect(others).toEqual([])
  // One pair tells of these two networks only.
  expect(recipes).toEqual([])
  expect(pair).toMatchObject({ a: 'cnn', b: 'fcnn', seed: 2 })
  const [a, b] = ['cnn', 'fcnn'].map((name) => readRunRecords(folder).find((r) => r.experiment === name && r.seed === 2)!)
  expect(pair!.predictions).toEqual([a!.files.predictions, b!.files.predictions])
  // What the two records say of themselves.
  expect(pair!.test.difference).toBeCloseTo(a!.evaluation.test.accuracy - b!.evaluation.test.accuracy, 12)
  expect((pair!.test.onlyA - pair!.test.onlyB) / 10_000).toBeCloseTo(pair!.test.difference, 12)
})

test('stores for each planned contrast with several seeds how surely it is known, first minus second', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['fcnn-augmented', 'fcnn', 'cnn'], seeds: [1, 2, 3], weights: false })
  makeResults(folder, { experiments: ['cnn-no-pooling'], seeds: [3], weights: false })
  storePairedRuns(folder, 'corrected', labels)
  const records = readRunRecords(folder)
  const runsOf = (name: string) => records.filter(({ experiment }) => experiment === name)
  const { recipes } = readPairedRuns(folder, 'corrected')
  expect(recipes.map(({ a, b }) => [a, b])).toEqual([
    ['cnn', 'fcnn'],
    ['fcnn-augmented', 'fcnn'],
  ])
  for (const { a, b, predictions, interval } of recipes) {
    const [first, second] = [runsOf(a), runsOf(b)]
    expect(predictions).toEqual([0, 1, 2].map((i) => [first[i]!.files.predictions, second[i]!.files.predictions]))
    const difference = mean(first, (run, i) => run.evaluation.test.accuracy - second[i]!.evaluation.test.accuracy)!
    expect(difference).toBeGreaterThan(0.005)
    expect(interval.low).toBeLessThan(difference)
    expect(interval.high).toBeGreaterThan(difference)
    expect(interval.low).toBeGreaterThan(0)
    // Two networks that are each wrong about 6 % of 10,000 images by chance of their own: half a point either way, less over three seeds.
    expect(interval.high - interval.low).toBeLessThan(0.015)
  }
})

test('are stale once a planned contrast is of other runs than it was', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  storePairedRuns(folder, 'corrected', labels)
  const judged = () => judgePairedRuns(folder, 'corrected', readRunRecords(folder))
  expect(judged()).toEqual({ verdict: 'fresh', reasons: [] })
  const file = pairedRunsPath(folder, 'corrected')
  const stored = JSON.parse(readFileSync(file, 'utf8')) as { recipes: unknown[] }
  writeFileSync(file, JSON.stringify({ ...stored, recipes: [] }))
  expect(judged()).toEqual({ verdict: 'stale', reasons: ['it was made of other predictions'] })
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
  expect(readPairedRuns(folder, 'corrected')).toEqual({ pairs: [], recipes: [] })
  const file = pairedRunsPath(folder, 'corrected')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '{"schemaVersion": 2, "protocol": "corrected", "pairs": [{}], "recipes": []}')
  expect(() => readPairedRuns(folder, 'corrected')).toThrow(
    /paired-runs-corrected\.json is not a file of paired runs \(npm run experiments -- analyse makes it anew\)/,
  )
})

test('stores no file where no two runs share a seed, and takes away one that was', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], seeds: [1], weights: false })
  expect(storePairedRuns(folder, 'corrected', labels)).toBe(1)
  rmSync(join(folder, 'corrected', 'fcnn'), { recursive: true })
  expect(storePairedRuns(folder, 'corrected', labels)).toBe(0)
  expect(existsSync(pairedRunsPath(folder, 'corrected'))).toBe(false)
})
