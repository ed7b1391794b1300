import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  parseRunRecord,
  predictionsPath,
  readPredictions,
  readRunRecord,
  readRunRecords,
  recordPath,
} from '../../experiments/results/read-results.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import { makeRecord, testPredictions } from '../helpers/make-record.ts'

const dir = mkdtempSync(join(tmpdir(), 'results-'))
const record = makeRecord()
writeRun(dir, record, { predictions: testPredictions, weights: null })
const file = recordPath(dir, record)

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
    expect(() => parseRunRecord('<html>', 'b.json')).toThrow('b.json is not JSON')
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

  it('does not go with predictions that were changed or cut', () => {
    const path = predictionsPath(file)
    writeFileSync(path, testPredictions.with(7, 1))
    expect(() => readPredictions(dir, record)).toThrow(`${path} has SHA-256`)
    writeFileSync(path, testPredictions.subarray(0, 100))
    expect(() => readPredictions(dir, record)).toThrow(`${path} has 100 bytes; 400 float16 values take 800`)
    rmSync(path)
    expect(() => readPredictions(dir, record)).toThrow(`${path} is missing, and its record names it`)
    writeFileSync(path, testPredictions)
  })
})
