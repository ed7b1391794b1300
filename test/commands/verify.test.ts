import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { pairedRunsPath, storePairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { protocols } from '../../experiments/catalogue.ts'
import { verifyCommand } from '../../experiments/commands/verify.ts'
import { findNative } from '../../experiments/engine/native/install.ts'
import { nativeEngine } from '../../experiments/engine/native/native-engine.ts'
import { dense, flatten } from '../../experiments/models/layers.ts'
import { readRunRecords, recordPath } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import { executeRun } from '../../experiments/runs/execute-run.ts'
import { loadDataset } from '../../experiments/runs/load-dataset.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'
import { makeResults } from '../fixtures/make-results.ts'
import { describeWithNative } from '../helpers/needs.ts'
import { temporaryFolder } from '../site/made-up-site.ts'

const smoke = protocols.find(({ name }) => name === 'smoke')!
const sweep: Protocol = { ...smoke, name: 'small-sweep', batchSize: 4, keepPredictions: false }
const runs = [
  ['one', smoke],
  ['other', smoke],
  ['one', sweep],
] as const

describeWithNative('verify, on small runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'))
  const said: string[] = []
  const verify = async () => {
    said.length = 0
    const code = await verifyCommand(folder)
    return { code, lines: said.join('\n') }
  }
  /** Verifies with a file's text changed, and puts it back. */
  const verifyWith = async (file: string, change: (text: string) => string) => {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, change(text))
    const found = await verify()
    writeFileSync(file, text)
    return found
  }
  const recordOf = (experiment: string, protocol = 'smoke') => recordPath(folder, { experiment, protocol, seed: 1 })

  beforeAll(async () => {
    vi.stubEnv('KMNIST_DIR', '')
    vi.stubEnv('KUZUSHIJI_CHECKPOINTS', folder)
    const engine = nativeEngine(findNative()!, 1)
    const lockfile = '0'.repeat(64)
    for (const [name, protocol] of runs) {
      const dataset = await loadDataset(protocol, { download: false, log: () => {} })
      const layers = [flatten(), dense(10)]
      await executeRun({
        // Another model, so that the two of a pair don't agree.
        run: {
          experiment: { name, title: name, layers: name === 'one' ? layers : [flatten(), dense(4), dense(10)], augmented: false },
          protocol,
          seed: 1,
        },
        engine,
        dataset,
        behaviour: {},
        resultsDir: folder,
        maxEpochs: 2,
        machine: { cpu: 'any', cores: 1, threads: 1, os: 'any', node: process.version, lockfile, commit: null },
        effects: {
          now: () => new Date(0),
          seconds: () => performance.now() / 1000,
          peakMemoryBytes: () => 1,
          onResume: () => {},
          onBeginAnew: () => {},
          onStep: () => Promise.resolve(),
          onEpoch: () => {},
        },
      })
      if (name === 'other') storePairedRuns(folder, protocol.name, readRunRecords(folder), dataset.dataset.test.labels)
    }
  }, 60_000)
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  })

  it('finds nothing in what was trained here, and says what it could not check', async () => {
    const { code, lines } = await verify()
    expect(lines).toContain('verified  smoke/one/seed-1: ')
    expect(lines).toContain('weights scored anew: the same number of 20 test images right')
    expect(lines).toContain('verified  smoke: 1 test of pairs of runs, computed again')
    expect(lines).toMatch(/verified {2}small-sweep\/one\/seed-1: .*; test scores unchecked: the run keeps no predictions/)
    expect(lines).toMatch(/3 records verified, none differs; test scores unchecked in 1, which keep no predictions$/)
    expect(code).toBe(0)
  })

  it('reads on where a record is damaged, and names its file', async () => {
    const file = recordOf('one', 'small-sweep')
    const changed = await verifyWith(file, (text) => text.slice(0, 100))
    expect(changed.lines).toContain(`DAMAGED   ${file}`)
    expect(changed.lines).toContain('verified  smoke/one/seed-1: ')
    expect(changed.lines).toMatch(/1 found to differ, damaged or unreadable: see above; 2 records were read$/)
    expect(changed.code).toBe(1)
  })

  it('counts predictions that it could not score', async () => {
    const other = await verifyWith(recordOf('other'), (text) => text.replaceAll('"drawn-kana"', '"kmnist"'))
    expect(other.lines).toContain(
      'verified  smoke/other/seed-1: rules replayed, scores those of the epoch kept; predictions whole, but not scored',
    )
    expect(other.lines).toMatch(/; predictions unscored in 1, whose data set is not here$/)
    expect(other.lines).not.toContain('records verified')
  })

  it('verifies the rest where KMNIST_DIR has no data set, and fails', async () => {
    vi.stubEnv('KMNIST_DIR', folder)
    const { code, lines } = await verify()
    vi.stubEnv('KMNIST_DIR', '')
    expect(lines).toContain(`UNREAD    the data set: expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz in ${folder}`)
    expect(lines).toContain('verified  small-sweep/one/seed-1: ')
    expect(code).toBe(1)
  })

  it('scores no weights anew where KUZUSHIJI_ENGINE asks for the portable engine, and says why', async () => {
    vi.stubEnv('KUZUSHIJI_ENGINE', 'portable')
    const { code, lines } = await verify()
    vi.stubEnv('KUZUSHIJI_ENGINE', '')
    expect(lines).toContain('KUZUSHIJI_ENGINE asks for the portable engine: weights are not scored anew')
    expect(lines).toContain('verified  smoke/one/seed-1: ')
    expect(lines).not.toContain('weights scored anew')
    expect(code).toBe(0)
  })

  it('finds one run under two names', async () => {
    const { history } = JSON.parse(readFileSync(recordOf('one'), 'utf8'))
    const changed = await verifyWith(recordOf('one', 'small-sweep'), (text) => JSON.stringify({ ...JSON.parse(text), history }))
    expect(changed.lines).toMatch(/DIFFERS {3}smoke\/one\/seed-1\n {10}its history is that of small-sweep\/one\/seed-1/)
    expect(changed.code).toBe(1)
  })

  it('finds a loss of the training images that the weights do not give', async () => {
    const changed = await verifyWith(recordOf('one'), (text) => {
      const record = JSON.parse(text)
      record.evaluation.train.loss += 0.01
      return JSON.stringify(record)
    })
    expect(changed.lines).toMatch(/DIFFERS {3}smoke\/one\/seed-1\n {10}the training images: loss recorded/)
    expect(changed.code).toBe(1)
  })

  it('finds a test of a pair that was changed, and one that its predictions do not give though its checksum holds', async () => {
    const file = pairedRunsPath(folder, 'smoke')
    const withP = (text: string) => text.replace(/"p": [\d.e-]+/, '"p": 0.123')
    const changed = await verifyWith(file, withP)
    expect(changed.lines).toMatch(/DIFFERS {3}smoke: the stored tests of pairs are damaged: .*: it was changed since it was made/)
    const forged = await verifyWith(file, (text) => {
      const stored = JSON.parse(withP(text))
      return JSON.stringify({ ...stored, checksum: sha256(JSON.stringify(stored.result)) })
    })
    expect(forged.lines).toContain('DIFFERS   smoke: the stored tests of pairs are not what the predictions give')
    expect([changed.code, forged.code]).toEqual([1, 1])
  })

  it('finds a record that names no predictions though its protocol keeps them', async () => {
    const changed = await verifyWith(recordOf('other'), (text) =>
      text.replace(/"files": \{.*?\}/, '"files": { "predictions": null, "weights": null }'),
    )
    expect(changed.lines).toContain('files.predictions is null, but the protocol keeps predictions of this run')
    expect(changed.code).toBe(1)
  })
})

it('names the analyses that its records call for and that were not made', async () => {
  const folder = temporaryFolder()
  makeResults(folder, { experiments: ['fcnn'], weights: false })
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  await verifyCommand(folder)
  expect(lines).toContain(
    'nothing   analyses that were not made (npm run experiments -- analyse): shapes, splits, data-set, calibration-corrected-fcnn-seed-1',
  )
})
