import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'

it('every experiment trains on the portable engine, which says what it is', { timeout: 180_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), 'portable-'))
  const args = ['experiments/cli.ts', 'train', '--protocol', 'smoke', '--max-epochs', '1', '--out', out]
  const env = { ...process.env, CI: '', KUZUSHIJI_ENGINE: 'portable', KUZUSHIJI_CHECKPOINTS: join(out, 'checkpoints') }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain('engine: portable (KUZUSHIJI_ENGINE asks for it)')
  expect(stdout).toContain(
    'It trains the same networks on WebAssembly, one thread a run, which takes several times as long as the native engine',
  )
  const records = readRunRecords(out)
  expect(records.map((record) => record.experiment).sort()).toEqual(experiments.map(({ name }) => name).sort())
  for (const { provenance } of records)
    expect(provenance).toMatchObject({
      engine: 'portable',
      engineVersion: expect.stringMatching(/^tfjs-core 4\.22\.0 on wasm with relaxed SIMD \(module [0-9a-f]{8}\)$/) as string,
      threads: 1,
      tensorflow: null,
    })
})
