import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dense, flatten, relu } from '../../experiments/models/layers.ts'
import {
  parseRunRecord,
  predictionsPath,
  readPredictions,
  readRunRecord,
  readRunRecords,
  readWeights,
  recordPath,
  toFloat16Bytes,
  weightsPath,
} from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import { makeRecord, testPredictions } from '../helpers/make-record.ts'

const dir = mkdtempSync(join(tmpdir(), 'results-'))
const record = makeRecord()
writeRun(dir, record, { predictions: testPredictions, weights: null })
const file = recordPath(dir, record)

/** A record of a small network, in a folder of its own, beside it its predictions and its weights: 0, 1, 2 … in their order. */
function withWeights() {
  const folder = mkdtempSync(join(tmpdir(), 'results-'))
  let value = 0
  const weights = [784 * 3, 3, 3 * 10, 10].map((length) => Float32Array.from({ length }, () => value++ % 2048))
  const bytes = toFloat16Bytes(weights)
  const { experiment, protocol } = record.settings
  const small = makeRecord({
    settings: { experiment: { ...experiment, layers: [flatten(), dense(3), relu(), dense(10)] }, protocol },
    files: { predictions: sha256(testPredictions), weights: sha256(bytes) },
  })
  writeRun(folder, small, { predictions: testPredictions, weights: bytes })
  return { dir: folder, record: small, weights }
}

describe('a run record', () => {
  it('comes back from disk as it was written', () => {
    expect(readRunRecords(dir)).toEqual([record])
    expect(readPredictions(dir, record)).toHaveLength(400)
  })

  it('has a line an epoch', () => {
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"valLoss"'))
    expect(rows).toHaveLength(12)
  })

  it('is refused with its path inside the file and the value found there', () => {
    const broken = (change: (value: Record<string, never>) => void) => {
      const value = JSON.parse(JSON.stringify(record))
      change(value)
      return () => parseRunRecord(JSON.stringify(value), 'a.json')
    }
    expect(broken((r) => Object.assign(r['history']![4] as object, { valAccuracy: 1.5 }))).toThrow(
      'a.json is not a run record: at history.4.valAccuracy',
    )
    expect(broken((r) => Object.assign(r, { surprise: 1 }))).toThrow('Unrecognized key: "surprise"')
    expect(broken((r) => (((r['evaluation'] as never)['test'] as { accuracy: number }).accuracy = 0.5))).toThrow(
      'the confusion matrix gives',
    )
    expect(() => parseRunRecord('<html>', 'b.json')).toThrow('b.json is not a run record: Unexpected token')
  })

  it("is refused in another run's place", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'results-'))
    writeRun(elsewhere, record, { predictions: testPredictions, weights: null })
    const wrong = recordPath(elsewhere, { ...record, seed: 4 })
    renameSync(recordPath(elsewhere, record), wrong)
    expect(() => readRunRecord(wrong)).toThrow('it belongs at corrected/fcnn/seed-3.json')
  })

  it.each(['old-corrected', join('results', 'corrected')])('does not count a second time in %s', (folder) => {
    const twice = mkdtempSync(join(tmpdir(), 'results-'))
    cpSync(dir, twice, { recursive: true })
    cpSync(join(dir, 'corrected'), join(twice, folder), { recursive: true })
    expect(() => readRunRecords(twice)).toThrow(
      `${join(twice, folder, 'fcnn', 'seed-3.json')} holds the run corrected/fcnn/seed-3: it belongs at ${recordPath(twice, record)}`,
    )
  })

  it('comes with its weights in the order of its layers, a kernel before its bias', () => {
    const { dir, record, weights } = withWeights()
    expect(readWeights(dir, record)).toEqual(weights)
    expect(readWeights(dir, { ...record, files: { ...record.files, weights: null } })).toBeUndefined()
  })

  it.each<[string, string, (dir: string, of: RunRecord) => unknown, (recordFile: string) => string, number]>([
    ['predictions', '400 float16 values take 800', readPredictions, predictionsPath, 400],
    ['weights', '2395 float16 values take 4790', readWeights, weightsPath, 2395],
  ])('does not go with %s that were changed or cut', (_, needed, read, pathOf, values) => {
    const { dir, record } = withWeights()
    const path = pathOf(recordPath(dir, record))
    const bytes = readFileSync(path)
    expect(bytes).toHaveLength(2 * values)
    writeFileSync(path, bytes.with(7, bytes[7]! ^ 1))
    expect(() => read(dir, record)).toThrow(`${path} has SHA-256`)
    writeFileSync(path, bytes.subarray(0, 100))
    expect(() => read(dir, record)).toThrow(`${path} has 100 bytes; ${needed}`)
    rmSync(path)
    expect(() => read(dir, record)).toThrow(`${path} is missing, and its record names it`)
  })
})
