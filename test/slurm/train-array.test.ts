import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { plannedRuns } from '../../experiments/catalogue.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'
import { full } from '../helpers/full.ts'
import { describeWithData, describeWithNative } from '../helpers/needs.ts'

const script = 'experiments/slurm/train-array.sh'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** As Slurm starts a task of the array: a copy of the script, elsewhere, with its variables. */
function startTask(task: number, env: Record<string, string> = {}, ...options: string[]) {
  const copy = join(temporaryFolder(), 'slurm_script')
  writeFileSync(copy, readFileSync(script))
  return spawnSync('bash', [copy, ...options], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: {
      ...process.env,
      CI: '',
      SLURM_ARRAY_TASK_ID: String(task),
      SLURM_SUBMIT_DIR: process.cwd(),
      SLURM_CPUS_PER_TASK: '1',
      ...env,
    },
  })
}

it('the array that the script asks for has a task for every run of the report', () => {
  expect(/--array=1-(\d+)/.exec(readFileSync(script, 'utf8'))?.[1]).toBe(String(plannedRuns.length))
})

it('a task beyond the last run says how many there are', () => {
  const { status, stderr } = startTask(plannedRuns.length + 1)
  expect(stderr).toContain(`there is no run ${plannedRuns.length + 1}: the report has ${plannedRuns.length}`)
  expect(status).toBe(2)
})

it('a task trains its run, with as many threads as it has processors', () => {
  const tools = temporaryFolder()
  writeFileSync(join(tools, 'npm'), '#!/bin/sh\npwd\necho "$@"\n', { mode: 0o755 })
  const env = { PATH: `${tools}:${process.env['PATH']}`, SLURM_CPUS_PER_TASK: '4' }
  const { stdout } = startTask(7, env, '--max-minutes', '30')
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    process.cwd(),
    'run experiments -- train --nth 7 --jobs 1 --threads 4 --max-minutes 30',
  ])
})

describeWithData('a task of the Slurm array', () =>
  describeWithNative('on the native engine', () => {
    it.runIf(full)(
      'leaves the record of its run, and passes it over when the array is submitted again',
      { timeout: 180_000 },
      () => {
        const shortest = plannedRuns.findIndex(
          ({ experiment, protocol }) => experiment === 'fcnn' && protocol.startsWith('sweep-'),
        )
        const out = temporaryFolder()
        const start = () =>
          startTask(shortest + 1, { RESULTS_DIR: out, KUZUSHIJI_CHECKPOINTS: join(out, 'checkpoints') }, '--max-epochs', '1')
        const { status, stderr } = start()
        expect(stderr).toBe('')
        expect(status).toBe(0)
        const [record, ...others] = readRunRecords(out)
        expect(others).toEqual([])
        expect(record).toMatchObject({ ...plannedRuns[shortest], epochs: 1 })
        expect(start().stdout).toContain('fresh (stopped at its budget of 1 epochs')
      },
    )
  }),
)
