import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { predictionsPath, readRunRecord, recordPath, weightsPath } from '../../experiments/results/read-results.ts'
import { formatRecord } from '../../experiments/results/write-run.ts'
import { full } from '../helpers/full.ts'
import { describeWithNative } from '../helpers/needs.ts'

const run = { protocol: 'smoke', experiment: 'fcnn', seed: 1 }
const folder = (name: string) => mkdtempSync(join(tmpdir(), `${name}-`))
const command = (out: string) => ['experiments/cli.ts', 'train', 'fcnn', '--protocol', 'smoke', '--threads', '1', '--out', out]
const environment = (checkpoints: string) => ({ ...process.env, CI: '', KUZUSHIJI_CHECKPOINTS: checkpoints })

/** What a record says of its numbers: all but when, where and how fast. */
function numbersOf(out: string) {
  const file = recordPath(out, run)
  const numbers = { ...readRunRecord(file), provenance: null, timings: null }
  return { numbers, predictions: readFileSync(predictionsPath(file)), weights: readFileSync(weightsPath(file)) }
}

let neverStopped: ReturnType<typeof numbersOf> | undefined

/** The numbers of the command's run where nothing stops it; trained once. */
function numbersOfWhole() {
  if (neverStopped) return neverStopped
  const whole = folder('whole')
  expect(spawnSync(process.execPath, command(whole), { env: environment(folder('checkpoints')) }).status).toBe(0)
  return (neverStopped = numbersOf(whole))
}

/** Starts the command as a process group and kills all of it once it says a word. @returns what it said */
function killWhenItSays(word: string, out: string, checkpoints: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command(out), { env: environment(checkpoints), detached: true })
    let said = ''
    let killed = false
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (killed || !said.includes(word)) return
      killed = true
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // It has ended.
      }
    })
    child.on('close', () => resolve(said))
  })
}

interface SmallRun {
  /** Killed while it trained. */
  killed: boolean
  /** The epoch it went on from, 0 where it began anew. */
  resumed: number
  milliseconds: number
}

/** Trains the small run of `train-small-run.ts`, and kills it a time after it began to train, if one is given and it still does. */
function trainSmallRun(out: string, checkpoints: string, killAfterBeginning?: number) {
  return new Promise<SmallRun>((resolve, reject) => {
    const child = spawn(process.execPath, ['test/runs/train-small-run.ts', out], { env: environment(checkpoints) })
    let said = ''
    let began = 0
    let timer: NodeJS.Timeout | undefined
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (!said.includes('begins')) return
      began ||= performance.now()
      if (killAfterBeginning !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfterBeginning)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the small run ended with ${code ?? signal}`))
      else
        resolve({
          killed: signal === 'SIGKILL' && !said.includes('ends'),
          resumed: Number(/resumed (\d+)/.exec(said)?.[1] ?? 0),
          milliseconds: performance.now() - began,
        })
    })
  })
}

/** The bytes a run leaves, its record without provenance and timings. */
function bytesOf(out: string) {
  const file = recordPath(out, { ...run, protocol: 'corrected' })
  const record = formatRecord({ ...readRunRecord(file), provenance: null, timings: null })
  return [record, ...[predictionsPath(file), weightsPath(file)].map((path) => readFileSync(path).toString('base64'))]
}

describeWithNative('a run that stopped at a budget', () => {
  it('says so, and goes on with --continue to the record of one that never stopped', () => {
    const [parted, checkpoints] = [folder('parted'), folder('checkpoints')]
    const train = (out: string, ...flags: string[]) =>
      spawnSync(process.execPath, [...command(out), ...flags], { env: environment(checkpoints), encoding: 'utf8' })
    train(parted, '--max-epochs', '1')
    expect(readRunRecord(recordPath(parted, run))).toMatchObject({ status: 'stopped-at-budget', epochs: 1 })
    expect(train(parted).stdout).toContain('fresh (stopped at its budget of 1 epochs; --continue goes on)')
    const record = () => readFileSync(recordPath(parted, run), 'utf8')
    const before = record()
    expect(train(parted, '--continue', '--max-epochs', '1').stdout).toContain('fresh (stopped at its budget of 1 epochs)')
    expect(record()).toBe(before)
    expect(train(parted, '--continue').stdout).toContain('goes on after epoch 1')
    expect(numbersOf(parted)).toEqual(numbersOfWhole())
    const { segments, cpu, commit } = readRunRecord(recordPath(parted, run)).provenance
    expect(segments).toMatchObject([
      { firstEpoch: 1, lastEpoch: 1, cpu, commit, threads: 1 },
      { firstEpoch: 2, lastEpoch: 2, cpu, commit, threads: 1 },
    ])
    const verified = spawnSync(process.execPath, ['experiments/cli.ts', 'verify', '--out', parted], { encoding: 'utf8' })
    expect(verified.stdout).toContain('weights scored anew: the same number of')
    expect(verified.stderr).toBe('')
  }, 120_000)
})

describeWithNative('a run that is killed', () => {
  const killsEach = full ? 10 : 3
  it(`leaves, after ${2 * killsEach} kills at random moments, the bytes of one that never was`, async () => {
    const whole = folder('whole')
    const { milliseconds } = await trainSmallRun(whole, folder('checkpoints'))
    const expected = bytesOf(whole)

    // Two at once, as a machine with two cores does it; each is killed several times before it is let finish, and then begun anew.
    const killed = async (chain: number) => {
      const random = createRandom(chain, 'resampling')
      const finished: unknown[] = []
      const resumed: number[] = []
      for (let kills = 0; kills < killsEach;) {
        const [out, checkpoints] = [folder('killed'), folder('checkpoints')]
        for (let round = 0; round < 8 && kills < killsEach; round++) {
          const one = await trainSmallRun(out, checkpoints, 0.25 * milliseconds * random.uniform())
          kills += Number(one.killed)
          resumed.push(one.resumed)
        }
        resumed.push((await trainSmallRun(out, checkpoints)).resumed)
        finished.push(bytesOf(out))
      }
      return { finished, resumed }
    }
    for (const { finished, resumed } of await Promise.all([killed(1), killed(2)])) {
      expect(Math.max(...resumed), 'the latest epoch that a run went on from').toBeGreaterThan(0)
      expect(finished.length).toBeGreaterThan(0)
      for (const found of finished) expect(found).toEqual(expected)
    }
  }, 240_000)

  it('leaves the record of one that never was when the whole command dies', async () => {
    let [out, checkpoints, said] = ['', '', '']
    // Before the process that trains is there, and after its first epoch of two: where the second was faster, once more.
    for (let tries = 0; tries < 5 && (said === '' || said.includes('weights of epoch')); tries++) {
      ;[out, checkpoints] = [folder('killed'), folder('checkpoints')]
      expect(await killWhenItSays('begins', out, checkpoints)).not.toContain('epoch 1,')
      said = await killWhenItSays('epoch 1,', out, checkpoints)
    }
    expect(said).toContain('epoch 1,')
    expect(said).not.toContain('weights of epoch')
    const { status, stdout } = spawnSync(process.execPath, command(out), { env: environment(checkpoints), encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout).toMatch(/goes on after epoch [12]/)
    expect(numbersOf(out)).toEqual(numbersOfWhole())
  }, 120_000)

  it('is started again by its parent where only the process that trains it dies', async () => {
    const out = folder('crashed')
    const parent = spawn(process.execPath, command(out), { env: environment(folder('checkpoints')) })
    let said = ''
    parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    // The process takes the better part of a second to load TensorFlow: it is killed before it can have done anything.
    const watch = setInterval(() => {
      if (!said.includes('begins')) return
      const children = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').match(/\d+/g)
      if (!children) return
      clearInterval(watch)
      children.forEach((child) => process.kill(Number(child), 'SIGKILL'))
    }, 10)
    expect(await new Promise((resolve) => parent.on('close', resolve))).toBe(0)
    expect(said).toContain('its process ended with SIGKILL')
    expect(said).toContain('started again from its checkpoint')
    expect(numbersOf(out)).toEqual(numbersOfWhole())
  }, 120_000)
})
