import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Job, JobEvent } from '../../experiments/runs/job.ts'
import { runJobs } from '../../experiments/runs/run-jobs.ts'
import { makeJob } from '../helpers/make-job.ts'

const worker = resolve(import.meta.dirname, 'crashing-worker.ts')

/** Runs a job for each seed, two at a time, and notes what is told of them. */
async function run(seeds: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const jobs = seeds.map((seed) => makeJob({ run: { protocol: 'smoke', experiment: 'fcnn', seed }, resultsDir: folder }))
  const told: string[] = []
  const reasons: string[] = []
  const failed = await runJobs(
    jobs,
    2,
    {
      onStart: (job) => told.push(`${job.run.seed} begins`),
      onEvent(job, event) {
        told.push(`${job.run.seed} ${event.kind}`)
        if (event.kind === 'failed') reasons.push(event.message)
      },
      onRestart: (job) => told.push(`${job.run.seed} again`),
    },
    worker,
  )
  const starts = Object.fromEntries(seeds.map((seed) => [seed, readFileSync(join(folder, `starts-${seed}`), 'utf8').length]))
  return { failed: failed.map((job) => job.run.seed), reasons, told, starts }
}

test('a run that always crashes is started again three times and then given up, by name and with what to do; the others are done', async () => {
  const { failed, reasons, told, starts } = await run([3, 1, 2])
  expect(starts).toEqual({ 1: 1, 2: 2, 3: 4 })
  expect(told.filter((line) => line.startsWith('3'))).toEqual(['3 begins', '3 again', '3 again', '3 again', '3 failed'])
  expect(told.filter((line) => line.startsWith('1'))).toEqual(['1 begins', '1 done'])
  expect(told.filter((line) => line.startsWith('2'))).toEqual(['2 begins', '2 again', '2 done'])
  expect(failed).toEqual([3])
  expect(reasons).toHaveLength(1)
  expect(reasons[0]).toMatch(/^its process ended with SIGKILL:\nCheck failed: IsAligned\(\) at start 4\n/)
  expect(reasons[0]).toContain('it was started 4 times')
  expect(reasons[0]).toContain('the same command goes on from there (with KUZUSHIJI_ENGINE=portable on the slower engine)')
})

test('a child refuses to run other code than its behaviour was measured on', async () => {
  const reasons: string[] = []
  const hooks = { onStart() {}, onEvent: (_: Job, event: JobEvent) => void reasons.push(JSON.stringify(event)), onRestart() {} }
  const job = makeJob({ resultsDir: '/nowhere', engine: { name: 'portable', reason: 'a test' }, sources: '0'.repeat(64) })
  expect(await runJobs([job], 1, hooks)).toEqual([job])
  expect(reasons).toEqual([expect.stringContaining('the code or its packages were changed since this command began')])
})

test('a run that tells of an error is not started again', async () => {
  const { failed, reasons, told, starts } = await run([4])
  expect(starts).toEqual({ 4: 1 })
  expect(told).toEqual(['4 begins', '4 failed'])
  expect(failed).toEqual([4])
  expect(reasons).toEqual(['no data set here'])
})
