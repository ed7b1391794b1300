import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { predictionsPath, recordPath, weightsPath } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import { makeRecord, testPredictions } from '../helpers/make-record.ts'

const weights = Uint8Array.of(1, 2)
const files = { predictions: testPredictions, weights }
const record = makeRecord({ files: { predictions: sha256(testPredictions), weights: sha256(weights) } })
const folder = () => mkdtempSync(join(tmpdir(), 'write-run-'))

it('writes a record and the files beside it', () => {
  const dir = folder()
  writeRun(dir, record, files)
  expect(readdirSync(join(dir, 'corrected', 'fcnn')).sort()).toEqual([
    'seed-3.json',
    'seed-3.predictions.bin',
    'seed-3.weights.bin',
  ])
})

it('writes nothing where the record breaks its schema', () => {
  const dir = folder()
  const { test } = record.evaluation
  const broken = { ...record, evaluation: { ...record.evaluation, test: { ...test, accuracy: 0.5 } } }
  expect(() => writeRun(dir, broken, files)).toThrow('the confusion matrix gives')
  expect(readdirSync(dir)).toEqual([])
})

it.each([
  ['predictions', predictionsPath],
  ['weights', weightsPath],
])('leaves no record where the %s beside it could not be written', (_, pathOf) => {
  const dir = folder()
  const file = recordPath(dir, record)
  // A folder stands in the file's place.
  mkdirSync(pathOf(file), { recursive: true })
  expect(() => writeRun(dir, record, files)).toThrow(`${pathOf(file)} could not be written`)
  expect(existsSync(file)).toBe(false)
})
