import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mean } from 'd3-array'
import { expect, test } from 'vitest'
import { judgePairedRuns, pairedRunsPath, readPairedRuns, storePairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { makeResults } from '../fixtures/make-results.ts'
import { temporaryFolder } from '../site/made-up-site.ts'

const labels = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10)

const testsIn = (folder: string) => readPairedRuns(folder, 'corrected', readRunRecords(folder))!

test('stores a test of every two experiments with the same seed, and reads it again', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn'], seeds: [1, 2], weights: false })
  makeResults(folder, { experiments: ['fcnn'], seeds: [2, 3], weights: false })
  storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)
  const { pairs, recipes } = testsIn(folder)
  const [pair, ...others] = pairs
  expect(others).toEqual([])
  // One pair tells of these two networks only.
  expect(recipes).toEqual([])
  expect(pair).toMatchObject({ a: 'cnn', b: 'fcnn', seed: 2 })
  const [a, b] = ['cnn', 'fcnn'].map((name) => readRunRecords(folder).find((r) => r.experiment === name && r.seed === 2)!)
  // What the two records say of themselves.
  expect(pair!.test.difference).toBeCloseTo(a!.evaluation.test.accuracy - b!.evaluation.test.accuracy, 12)
  expect((pair!.test.onlyA - pair!.test.onlyB) / 10_000).toBeCloseTo(pair!.test.difference, 12)
})

test('stores for each planned contrast with several seeds how surely it is known, first minus second', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['fcnn-augmented', 'fcnn', 'cnn'], seeds: [1, 2, 3], weights: false })
  makeResults(folder, { experiments: ['cnn-no-pooling'], seeds: [3], weights: false })
  storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)
  const records = readRunRecords(folder)
  const runsOf = (name: string) => records.filter(({ experiment }) => experiment === name)
  const { recipes } = testsIn(folder)
  expect(recipes.map(({ a, b }) => [a, b])).toEqual([
    ['cnn', 'fcnn'],
    ['fcnn-augmented', 'fcnn'],
  ])
  for (const { a, b, interval } of recipes) {
    const [first, second] = [runsOf(a), runsOf(b)]
    const difference = mean(first, (run, i) => run.evaluation.test.accuracy - second[i]!.evaluation.test.accuracy)!
    expect(difference).toBeGreaterThan(0.005)
    expect(interval.low).toBeLessThan(difference)
    expect(interval.high).toBeGreaterThan(difference)
    expect(interval.low).toBeGreaterThan(0)
    // Two networks that are each wrong about 6 % of 10,000 images by chance of their own: half a point either way, less over three seeds.
    expect(interval.high - interval.low).toBeLessThan(0.015)
  }
})

test('are missing before they were made, and stale once they are of other runs, another plan or an older computation', () => {
  const folder = temporaryFolder()
  const judged = () => judgePairedRuns(folder, 'corrected', readRunRecords(folder))
  makeResults(folder, { experiments: ['cnn'], weights: false })
  expect(judged()).toBeNull()
  makeResults(folder, { experiments: ['fcnn'], weights: false })
  expect(judged()).toEqual({ verdict: 'missing', reasons: ['it has not been made'] })
  expect(testsIn(folder)).toBeUndefined()
  storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)
  expect(judged()).toEqual({ verdict: 'fresh', reasons: [], result: testsIn(folder) })
  expect(testsIn(folder).pairs).toHaveLength(1)

  const file = pairedRunsPath(folder, 'corrected')
  const stored = readFileSync(file, 'utf8')
  const [cnn, fcnn] = readRunRecords(folder)
  const other = { ...fcnn!, files: { ...fcnn!.files, predictions: 'a'.repeat(64) } }
  const stale = (reason: string) => ({ verdict: 'stale', reasons: [reason] })
  expect(judgePairedRuns(folder, 'corrected', [cnn!, other])).toEqual(stale('it was made of other runs'))
  expect(readPairedRuns(folder, 'corrected', [cnn!, other])).toBeUndefined()
  const changed = (change: (file: { version: number; of: { contrasts: string[][] } }) => void) => {
    const value = JSON.parse(stored)
    change(value)
    writeFileSync(file, JSON.stringify(value))
    return judged()
  }
  expect(changed(({ of }) => of.contrasts.pop())).toEqual(stale('it was made of other contrasts'))
  expect(changed((value) => value.version++)).toEqual(stale('it was made by version 2 of the analysis, now 1'))
})

test('are damaged where the file is cut off or a number was changed since; it is named', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], weights: false })
  storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)
  const file = pairedRunsPath(folder, 'corrected')
  const stored = readFileSync(file, 'utf8')
  for (const damaged of [stored.slice(0, 100), stored.replace(/"onlyA": \d+/, '"onlyA": 7')]) {
    writeFileSync(file, damaged)
    expect(judgePairedRuns(folder, 'corrected', readRunRecords(folder))).toMatchObject({ verdict: 'damaged' })
    expect(() => testsIn(folder)).toThrow(/paired-runs-corrected\.json is not an analysis of paired-runs: /)
  }
})

test('leaves out runs on other test images than the first’s', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn', 'cnn-augmented'], weights: false })
  const records = readRunRecords(folder)
  const [cnn, augmented, fcnn] = records as [RunRecord, RunRecord, RunRecord]
  const elsewhere = { ...augmented, dataset: { ...augmented.dataset, testLabels: 'a'.repeat(64) } }
  expect(storePairedRuns(folder, 'corrected', [cnn, elsewhere, fcnn], labels)).toBe(1)
  expect(storePairedRuns(folder, 'corrected', records, labels)).toBe(3)
})

test('stores no file where no two runs share a seed, and takes away one that was', () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['cnn', 'fcnn'], seeds: [1], weights: false })
  expect(storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)).toBe(1)
  rmSync(join(folder, 'corrected', 'fcnn'), { recursive: true })
  expect(storePairedRuns(folder, 'corrected', readRunRecords(folder), labels)).toBe(0)
  expect(existsSync(pairedRunsPath(folder, 'corrected'))).toBe(false)
})
