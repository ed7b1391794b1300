import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benchFolder, readBenchRecords, writeBenchRecord } from '../../experiments/results/bench-record.ts'
import { othersIn, spreadOf, timesAsFast } from '../../experiments/results/bench-summary.ts'
import { makeBenchRecord, makeMeasurement, makeProfileRecord } from '../helpers/make-bench-record.ts'

describe('a summary of rounds', () => {
  it('takes ratios within each round, and their median, not the ratio of medians', () => {
    const measurement = makeMeasurement({
      rounds: [
        { ours: 10, keras: 20 },
        { ours: 30, keras: 45 },
        { ours: 20, keras: 24 },
      ],
    })
    expect(timesAsFast(measurement, 'ours', 'keras')!.median).toBeCloseTo(1.5, 12)
    expect(timesAsFast(measurement, 'keras', 'ours')!.median).toBeCloseTo(1 / 1.5, 12)
    expect(spreadOf(measurement, 'ours')).toEqual({ low: 15, median: 20, high: 25 })
  })

  it('turns the ratio round where more is better', () => {
    const measurement = makeMeasurement({ unit: 'images/s', rounds: [{ ours: 120_000, keras: 16_000 }] })
    expect(timesAsFast(measurement, 'ours', 'keras')!.median).toBeCloseTo(7.5, 12)
  })

  it('has nothing to say of what took no part', () => {
    const measurement = makeMeasurement({ rounds: [{ ours: 10, keras: 20 }] })
    expect(timesAsFast(measurement, 'ours', 'jax')).toBeNull()
    expect(spreadOf(measurement, 'jax')).toBeNull()
    expect(othersIn(measurement)).toEqual(['keras'])
  })
})

describe('records of benchmarks', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'bench-'))

  it('are read again as they were written, the oldest first, quick trials aside', () => {
    const out = folder()
    expect(readBenchRecords(out)).toEqual([])
    const older = makeBenchRecord({ start: '2026-01-01T10:00:00.000Z' })
    const newer = makeBenchRecord({ start: '2026-02-01T10:00:00.000Z' })
    for (const record of [newer, older, makeBenchRecord({ start: '2026-03-01T10:00:00.000Z', quick: true })])
      writeBenchRecord(out, record)
    expect(readBenchRecords(out)).toEqual([older, newer])
    const profile = makeProfileRecord({ start: '2026-01-15T10:00:00.000Z' })
    expect(writeBenchRecord(out, profile)).toBe(join(benchFolder(out), 'profile-2026-01-15.json'))
    expect(readBenchRecords(out)).toEqual([older, profile, newer])
  })

  it('are refused with the name of the file where they are damaged', () => {
    const out = folder()
    const file = writeBenchRecord(out, makeBenchRecord())
    expect(file).toBe(join(benchFolder(out), '2026-01-01.json'))
    writeFileSync(file, '{"schemaVersion": 1, "kind": "speed"}')
    expect(() => readBenchRecords(out)).toThrow(`${file} is not a record of a benchmark`)
  })
})
