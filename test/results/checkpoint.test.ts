import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, utimesSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../experiments/results/checkpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'))
const checkpoint: Checkpoint = {
  key: 'abc',
  segments: [{ start: '2026-01-01T00:00:00.000Z', wallSeconds: 2, firstEpoch: 1, lastEpoch: 2 }],
  peakMemoryBytes: 5,
  state: {
    epoch: 2,
    step: 14,
    rate: 0.1,
    stopped: false,
    history: [{ epoch: 1, loss: 1 / 3, accuracy: 0.1, valLoss: null, valAccuracy: 0.2, learningRate: 1 }],
    secondsPerEpoch: [1, 2],
    plateau: { best: null, wait: 1 },
    stopping: { best: 0.2, bestEpoch: 1 },
    network: { weights: [Float32Array.of(0.1, NaN), Float32Array.of(-0)], slots: [Float32Array.of(Infinity, 1e-38)] },
    bestByValidation: { epoch: 1, accuracy: 0.5, loss: null, weights: [Float32Array.of(9, 8), Float32Array.of(7)] },
    bestByTest: { epoch: 2, accuracy: 0.25, loss: 1.5, weights: [Float32Array.of(6), Float32Array.of(5, 4, 3)] },
  },
}

describe('a checkpoint', () => {
  it('comes back as it was, to the bit', () => {
    const file = join(folder, 'deep', 'whole.bin')
    writeCheckpoint(file, checkpoint)
    expect(readCheckpoint(file)).toEqual(checkpoint)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['whole.bin'])
  })

  it('is written without what killed processes have left of it, but what a process may be writing stays', () => {
    const place = mkdtempSync(join(folder, 'left-'))
    const ended = spawnSync(process.execPath, ['--version']).pid
    const left = (base: string, pid: number, old: boolean) => {
      const name = `${base}.${pid}-0123456789ab.tmp`
      writeFileSync(join(place, name), 'half')
      if (old) utimesSync(join(place, name), 0, 0)
      return name
    }
    left('run.bin', ended, true)
    const stays = [left('run.bin', process.ppid, true), left('other.bin', ended, true)]
    writeCheckpoint(join(place, 'run.bin'), checkpoint)
    expect(readdirSync(place).sort()).toEqual(['run.bin', ...stays].sort())
    // Where machines share a folder, it may run on another one.
    const young = left('run.bin', ended, false)
    writeCheckpoint(join(place, 'run.bin'), checkpoint)
    expect(readdirSync(place).sort()).toEqual(['run.bin', young, ...stays].sort())
  })

  it('comes back without what a protocol does not have', () => {
    const file = join(folder, 'bare.bin')
    const bare = { ...checkpoint.state, plateau: null, stopping: null, bestByValidation: null, bestByTest: null }
    writeCheckpoint(file, { ...checkpoint, state: bare })
    expect(readCheckpoint(file)).toEqual({ ...checkpoint, state: bare })
  })

  it('is refused by name where a byte of it has changed or is missing', () => {
    const file = join(folder, 'damaged.bin')
    writeCheckpoint(file, checkpoint)
    const bytes = readFileSync(file)
    for (const damaged of [bytes.subarray(0, -1), bytes.with(40, bytes[40]! ^ 1), Buffer.from('<html>')]) {
      writeFileSync(file, damaged)
      expect(() => readCheckpoint(file)).toThrow(`${file} is not a whole checkpoint`)
    }
  })

  it('is refused by name where it is a file of another kind or version, or its header lacks something', () => {
    const file = join(folder, 'foreign.bin')
    const refusal = (change: (body: string) => string) => {
      writeCheckpoint(file, checkpoint)
      const body = Buffer.from(change(readFileSync(file).subarray(0, -32).toString('latin1')), 'latin1')
      writeFileSync(file, Buffer.concat([body, createHash('sha256').update(body).digest()]))
      return () => readCheckpoint(file)
    }
    expect(refusal((body) => body.replace('checkpoint 1', 'checkpoint 2'))).toThrow(
      `${file} is not a whole checkpoint (it begins with "kuzushiji checkpoint 2\\n", not "kuzushiji checkpoint 1\\n"): delete it`,
    )
    expect(refusal((body) => body.replace('"wait":', '"week":'))).toThrow(
      `${file} is not a whole checkpoint (its header at state.plateau.wait: `,
    )
  })

  it('is absent where there is none', () => {
    expect(readCheckpoint(join(folder, 'none.bin'))).toBeUndefined()
  })
})
