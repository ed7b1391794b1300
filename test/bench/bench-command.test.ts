import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layersOf } from '../../experiments/bench/contender.ts'
import { describeLayers } from '../../experiments/models/layers.ts'
import { isConvolution, isProduct } from '../../experiments/results/bench-profile.ts'
import { benchRecordSchema, profileRecordSchema } from '../../experiments/results/bench-record.ts'
import { plainEnvironment } from '../browser/built-site.ts'
import { full } from '../helpers/full.ts'
import { describeWithNative } from '../helpers/needs.ts'

const script = 'experiments/bench/cli.ts'
const folder = () => mkdtempSync(join(tmpdir(), 'bench-'))
const bench = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, RESULTS_DIR: '', ...env } })

describe('the command line of the benchmarks', () => {
  it.each([
    [['--against', 'keras,theano'], 'there is no theano; there are: keras, jax, pytorch'],
    [['site', '--against', 'framework,hugo'], 'there is no hugo; there are: framework, myst'],
    [['site', '--against', 'keras'], 'there is no keras; there are: framework, myst'],
    [['profile', '--against', 'jax'], 'there is no jax; there are: keras'],
    [['--fast'], "unknown option '--fast'"],
    // Before anything is measured.
    [['portable', '--out', ''], '--out is empty: name a folder'],
    [['portable', '--quick', '--out', ''], '--out is empty: name a folder'],
  ])('answers %j with what there is, and exit code 2', (args, message) => {
    const { status, stderr } = bench(args)
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })

  it.each([[[]], [['site']]])('has help for %j', (command) => {
    const { status, stdout } = bench([...command, '--help'])
    expect(stdout).toContain('Usage: ')
    expect(status).toBe(0)
  })

  it('gives options behind a command to that command', () => {
    const { status, stderr } = bench(['portable', '--against', 'keras'])
    expect(stderr).toContain("unknown option '--against'")
    expect(status).toBe(2)
  })

  it('says before it measures that it can’t write where it is told to', () => {
    const file = join(folder(), 'a-file')
    writeFileSync(file, '')
    const { status, stdout, stderr } = bench(['portable', '--out', file])
    expect(stderr).toContain('could not be written')
    expect([status, stdout]).toEqual([1, ''])
  })

  it('says how to put the native engine in place where it is not', () => {
    const { status, stderr } = bench(['--quick'], { KUZUSHIJI_CACHE: folder() })
    expect(stderr).toContain('npm run engine puts it there')
    expect(status).toBe(2)
  })
})

describe('a quick benchmark of the site', () => {
  it.runIf(full)(
    'times a build and leaves a record that its schema accepts',
    () => {
      const out = folder()
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'site', '--quick', '--out', out], {
        encoding: 'utf8',
        env: plainEnvironment(),
      })
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/the site: \d+ pages, \d+ charts, .*\nours: \d+\.\d s\n/)
      const [file] = readdirSync(join(out, 'bench'))
      const { kind, measurements } = benchRecordSchema.parse(JSON.parse(readFileSync(join(out, 'bench', file!), 'utf8')))
      expect([kind, measurements.length, Object.keys(measurements[0]!.rounds[0]!)]).toEqual(['site', 1, ['ours']])
    },
    240_000,
  )
})

describeWithNative('a quick benchmark', () => {
  it('measures every part and leaves a record that its schema accepts', () => {
    const out = folder()
    const { status, stdout, stderr } = bench(['--quick', '--out', out])
    expect([status, stderr]).toEqual([0, ''])
    const [file] = readdirSync(join(out, 'bench'))
    const { quick, measurements } = benchRecordSchema.parse(JSON.parse(readFileSync(join(out, 'bench', file!), 'utf8')))
    expect(quick).toBe(true)
    const measured = measurements.map(({ of, experiment, processes }) => [of, experiment, processes].join(' '))
    for (const processes of [1, 2])
      for (const model of ['cnn', 'fcnn', 'cnn-no-pooling']) expect(measured).toContain(`step ${model} ${processes}`)
    expect(new Set(measurements.map(({ of }) => of))).toEqual(new Set(['step', 'evaluation', 'epoch', 'augmentation', 'suite']))
    expect(Object.keys(measurements[0]!.rounds[0]!).toSorted()).toEqual(['ours', 'peak'])
    expect(stdout).toContain('training step, cnn, 2 threads: ours ')
  }, 180_000)

  it('profiles every model’s step: all its multiplications are seen, and no more time than there is', () => {
    const out = folder()
    const { status, stdout, stderr } = bench(['profile', '--quick', '--out', out])
    expect([status, stderr]).toEqual([0, ''])
    const [file] = readdirSync(join(out, 'bench'))
    const { profiles } = profileRecordSchema.parse(JSON.parse(readFileSync(join(out, 'bench', file!), 'utf8')))
    expect(profiles.map(({ of, experiment, threads }) => [of, experiment, threads].join(' '))).toEqual(
      [1, 2].flatMap((threads) => ['cnn', 'fcnn', 'cnn-no-pooling'].map((model) => `ours ${model} ${threads}`)),
    )
    for (const { experiment, ms, busy, primitives } of profiles) {
      const work = describeLayers(layersOf(experiment)).flatMap(({ layer, multiplyAdds }) =>
        multiplyAdds ? [{ layer, multiplyAdds }] : [],
      )
      // Forward, the weights' gradient and, but for the first layer, the input's: a convolution or a product each.
      const multiplying = primitives.filter((one) => isConvolution(one) || isProduct(one))
      expect(multiplying.reduce((sum, { calls }) => sum + calls, 0)).toBe(3 * work.length - 1)
      const expected = work.reduce((sum, { multiplyAdds }) => sum + 3 * multiplyAdds, -work[0]!.multiplyAdds) * 2 * 128
      expect(multiplying.reduce((sum, { gigaflops }) => sum + gigaflops, 0)).toBeCloseTo(expected / 1e9, 6)
      expect(busy.convolutions > 0).toBe(experiment !== 'fcnn')
      expect(busy.multiplying).toBeGreaterThanOrEqual(busy.convolutions)
      expect(busy.primitives).toBeGreaterThanOrEqual(busy.multiplying)
      expect(ms).toBeGreaterThan(busy.primitives)
    }
    expect(stdout).toMatch(/cnn, one thread, ours: [\d.]+ ms a step, \d+ % of it in convolutions/)
  }, 180_000)

  it('leaves neither a record nor its images nor a process where it is interrupted', async () => {
    const [out, temporary] = [folder(), folder()]
    const child = spawn(process.execPath, [script, '--quick', '--out', out], { env: { ...process.env, TMPDIR: temporary } })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    // By its second model it has written its images and started its process.
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('fcnn')) resolve()
      })
    })
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').match(/\d+/g)!
    expect(readdirSync(temporary).filter((name) => name.startsWith('kuzushiji-bench-'))).toHaveLength(1)
    child.kill('SIGINT')
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130)
    expect(said).toContain('stopped; nothing was written')
    expect(readdirSync(out)).toEqual([])
    expect(readdirSync(temporary).filter((name) => name.startsWith('kuzushiji-bench-'))).toEqual([])
    await expect.poll(() => children.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 5000 }).toEqual([])
  }, 60_000)
})
