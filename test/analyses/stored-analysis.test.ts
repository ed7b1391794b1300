import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { shiftsKind } from '../../experiments/analyses/shifts.ts'
import {
  analysisPath,
  judgeAnalysis,
  ofWeights,
  readAnalysis,
  runSuffix,
  writeAnalysis,
} from '../../experiments/analyses/stored-analysis.ts'
import { makeRecord } from '../helpers/make-record.ts'

const record = makeRecord({ files: { predictions: null, weights: 'a'.repeat(64) } })
const of = ofWeights(record)!
const result = [{ distance: 0, accuracy: 0.9, standardError: 0.003, change: 0, changeError: 0, macroF1: 0.9 }]

function stored(): string {
  const folder = mkdtempSync(join(tmpdir(), 'analysis-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = analysisPath(folder, shiftsKind, runSuffix(record))
  writeAnalysis(shiftsKind, file, of, result)
  return file
}

test('is read back as it was stored, in a file named for the analysis and the run', () => {
  const file = stored()
  expect(file).toMatch(/analyses\/shifts-corrected-fcnn-seed-3\.json$/)
  expect(readAnalysis(shiftsKind, file, of)).toEqual(result)
  expect(judgeAnalysis(shiftsKind, file, of).verdict).toBe('fresh')
})

test('is stale, and not read, where weights or the version of the analysis differ', () => {
  const file = stored()
  const other = { ...of, weights: 'b'.repeat(64) }
  expect(judgeAnalysis(shiftsKind, file, other)).toEqual({ verdict: 'stale', reasons: ['it was made of other weights'] })
  expect(readAnalysis(shiftsKind, file, other)).toBeUndefined()
  const next = { ...shiftsKind, version: shiftsKind.version + 1 }
  expect(judgeAnalysis(next, file, of)).toMatchObject({ verdict: 'stale', reasons: [expect.stringContaining('version')] })
  // Results of the next version need not look like those of this one.
  expect(judgeAnalysis({ ...next, result: z.strictObject({ other: z.string() }) }, file, of).verdict).toBe('stale')
})

test('is missing before it was made, and a run that keeps no weights has none', () => {
  expect(judgeAnalysis(shiftsKind, '/nowhere/shifts.json', of).verdict).toBe('missing')
  expect(ofWeights(makeRecord())).toBeNull()
})

test('is refused where a number was changed since it was made, though it is a possible one', () => {
  const file = stored()
  writeFileSync(file, readFileSync(file, 'utf8').replace('"accuracy": 0.9', '"accuracy": 0.91'))
  const { verdict, reasons } = judgeAnalysis(shiftsKind, file, of)
  expect(verdict).toBe('damaged')
  expect(reasons[0]).toContain(
    `${file} is not an analysis of shifts: at result: it was changed since it was made: its SHA-256 is`,
  )
})

test('is refused without a checksum, with which any number would pass', () => {
  const file = stored()
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ *"checksum": .*\n/, ''))
  expect(judgeAnalysis(shiftsKind, file, of)).toMatchObject({
    verdict: 'damaged',
    reasons: [expect.stringContaining('at checksum')],
  })
})

test('is refused, its file named, where it is damaged', () => {
  const file = stored()
  writeFileSync(file, readFileSync(file, 'utf8').replace('0.003', '-0.003'))
  expect(judgeAnalysis(shiftsKind, file, of).verdict).toBe('damaged')
  expect(() => readAnalysis(shiftsKind, file, of)).toThrow(file)
})
