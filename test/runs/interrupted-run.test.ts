import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { predictionsPath, readRunRecord, recordPath, weightsPath } from '../../experiments/results/read-results.ts'
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

/** Starts the command as a process group and kills all of it after some time; true if it had ended by itself before. */
function killAfter(milliseconds: number, out: string, checkpoints: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(process.execPath, command(out), {
      env: environment(checkpoints),
      stdio: 'ignore',
      detached: true,
    })
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), milliseconds)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

describeWithNative('a run that stopped at a budget', () => {
  it('says so, and goes on with --continue to the record of one that never stopped', () => {
    const [whole, parted, checkpoints] = [folder('whole'), folder('parted'), folder('checkpoints')]
    const train = (out: string, ...flags: string[]) =>
      spawnSync(process.execPath, [...command(out), ...flags], { env: environment(checkpoints), encoding: 'utf8' })
    expect(train(whole).status).toBe(0)
    rmSync(checkpoints, { recursive: true })
    train(parted, '--max-epochs', '1')
    expect(readRunRecord(recordPath(parted, run))).toMatchObject({ status: 'stopped-at-budget', epochs: 1 })
    expect(train(parted).stdout).toContain('fresh (stopped at its budget of 1 epochs; --continue goes on)')
    expect(train(parted, '--continue').stdout).toContain('goes on after epoch 1')
    expect(numbersOf(parted)).toEqual(numbersOf(whole))
    expect(readRunRecord(recordPath(parted, run)).provenance.segments).toHaveLength(2)
  }, 120_000)
})

describeWithNative('a run that is killed', () => {
  it('leaves, once it is started again, the record of one that never was', async () => {
    const whole = folder('whole')
    expect(spawnSync(process.execPath, command(whole), { env: environment(folder('checkpoints')) }).status).toBe(0)
    const expected = numbersOf(whole)

    const random = createRandom(1, 'resampling')
    for (let round = 0; round < 2; round++) {
      const out = folder('killed')
      const checkpoints = folder('checkpoints')
      for (let kill = 0; kill < 4; kill++) await killAfter(600 + 1800 * random.uniform(), out, checkpoints)
      expect(spawnSync(process.execPath, command(out), { env: environment(checkpoints) }).status).toBe(0)
      expect(numbersOf(out)).toEqual(expected)
    }
  }, 120_000)

  it('is started again by its parent where only the process that trains it dies', async () => {
    const whole = folder('whole')
    expect(spawnSync(process.execPath, command(whole), { env: environment(folder('checkpoints')) }).status).toBe(0)

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
    expect(numbersOf(out)).toEqual(numbersOf(whole))
  }, 120_000)
})
