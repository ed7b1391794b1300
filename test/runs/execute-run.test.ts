import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'
import type { Engine, NetworkState } from '../../experiments/engine/network.ts'
import { readRunRecord, recordPath } from '../../experiments/results/read-results.ts'
import { executeRun } from '../../experiments/runs/execute-run.ts'
import { planRun, type PlannedRun } from '../../experiments/runs/plan.ts'

/** An engine that computes nothing. */
const engine: Engine = {
  name: 'native',
  version: 'made up',
  tensorflow: null,
  createNetwork() {
    let state: NetworkState = { weights: [Float32Array.of(1)], slots: [] }
    return {
      trainStep: ({ labels }) => ({ loss: labels.length, correct: 0 }),
      logits: (images) => new Float32Array((images.length / 784) * 10),
      readState: () => state,
      writeState: (other) => void (state = other),
      tensorCount: () => 0,
      dispose: () => {},
    }
  },
}

const smoke = planRun({ experiment: 'fcnn', protocol: 'smoke', seed: 1 })
const run: PlannedRun = {
  ...smoke,
  experiment: { ...smoke.experiment, layers: [] },
  protocol: { ...smoke.protocol, maxEpochs: 9, keepPredictions: false },
}
const dataset = drawnKana(4, 2, 1)

let results: string
let checkpoints: string
let resumed: number[]
let begunAnew: string[][]
let clock = 0
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'results-'))
  checkpoints = mkdtempSync(join(tmpdir(), 'checkpoints-'))
  resumed = []
  begunAnew = []
  vi.stubEnv('KUZUSHIJI_CHECKPOINTS', checkpoints)
})
afterEach(() => {
  vi.unstubAllEnvs()
  for (const folder of [results, checkpoints]) rmSync(folder, { recursive: true, force: true })
})

/** The checkpoints there are, those of other keys among them. */
const kept = () => readdirSync(checkpoints).map((name) => join(checkpoints, name))
/** The only one. */
const checkpoint = () => {
  const [only, ...others] = kept()
  expect(others).toEqual([])
  return only!
}
const file = () => recordPath(results, { protocol: 'smoke', experiment: 'fcnn', seed: 1 })
const execute = (maxEpochs: number, changes: Partial<PlannedRun> = {}, other: Partial<Engine> = {}) =>
  executeRun({
    run: { ...run, ...changes },
    engine: { ...engine, ...other },
    dataset,
    behaviour: {},
    resultsDir: results,
    maxEpochs,
    machine: { cpu: 'any', cores: 1, threads: 1, os: 'any', node: process.version, lockfile: '0'.repeat(64), commit: null },
    effects: {
      now: () => new Date(0),
      seconds: () => clock++,
      peakMemoryBytes: () => 1,
      onResume: (epoch) => resumed.push(epoch),
      onBeginAnew: (files) => begunAnew.push(files),
      onStep: async () => {},
      onEpoch: () => {},
    },
  })

describe('a run whose record stopped at its budget', () => {
  it('goes on from its checkpoint, whatever lists call its experiment and protocol by now', async () => {
    await execute(2)
    await execute(3, {
      experiment: { ...run.experiment, title: 'Other' },
      protocol: { ...run.protocol, summary: 'Other words.' },
    })
    expect(resumed).toEqual([2])
    expect(readRunRecord(file()).epochs).toBe(3)
  })

  it('fails where its checkpoint is missing, with its place and how to begin anew, and keeps the record', async () => {
    await execute(2)
    const place = checkpoint()
    rmSync(place)
    await expect(execute(1)).rejects.toThrow(
      `its record stopped after 2 epochs, and its checkpoint ${place} is missing: it would begin at epoch 1. ` +
        `Put the checkpoint there, or delete ${file()} to begin anew`,
    )
    expect(readRunRecord(file()).epochs).toBe(2)
    rmSync(file())
    expect((await execute(1)).epochs).toBe(1)
  })

  it('fails where the checkpoint is of another engine, and leaves it alone', async () => {
    await execute(2)
    await expect(execute(3, {}, { version: 'another' })).rejects.toThrow(
      `is missing (of other settings, data, code or another engine: ${checkpoint()}): it would begin at epoch 1`,
    )
    expect((await execute(3)).epochs).toBe(3)
    expect(resumed).toEqual([2])
  })

  it('keeps its record where another process trained it further meanwhile', async () => {
    await execute(1)
    const early = readFileSync(checkpoint())
    await execute(4)
    writeFileSync(checkpoint(), early)
    await expect(execute(2)).rejects.toThrow(`it ended after 2 epochs, and its record ${file()} has 4: that one is kept`)
    expect(readRunRecord(file()).epochs).toBe(4)
  })
})

it('a run that was interrupted under another engine begins anew, says so, and loses nothing of the other, even once it ends', async () => {
  await execute(2)
  const first = checkpoint()
  rmSync(file())
  await execute(1, {}, { version: 'another' })
  expect([resumed, begunAnew]).toEqual([[], [[first]]])
  expect(kept()).toHaveLength(2)
  rmSync(file())
  await execute(9, {}, { version: 'another' })
  expect(kept()).toEqual([first])
  rmSync(file())
  await execute(9)
  expect(resumed).toEqual([1, 2])
  expect(kept()).toEqual([])
})

it('a run without a record begins at epoch 1 where there is no checkpoint', async () => {
  expect((await execute(1)).epochs).toBe(1)
  expect(resumed).toEqual([])
})

it('an empty KUZUSHIJI_CHECKPOINTS leaves checkpoints in the cache', async () => {
  vi.stubEnv('KUZUSHIJI_CHECKPOINTS', '')
  vi.stubEnv('KUZUSHIJI_CACHE', checkpoints)
  await execute(1)
  expect(readdirSync(checkpoints)).toEqual(['checkpoints'])
})

it('a run that another process has ended since is not trained again', async () => {
  const ended = await execute(9)
  const never: Partial<Engine> = {
    createNetwork: () => expect.fail('it was trained again'),
  }
  expect(await execute(9, {}, never)).toEqual(ended)
})
