import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Job } from '../../experiments/runs/job.ts'
import { runJobs } from '../../experiments/runs/run-jobs.ts'

const worker = resolve(import.meta.dirname, 'crashing-worker.ts')

/** Runs a job for each seed, two at a time, and notes what is told of them. */
async function run(seeds: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const jobs = seeds.map((seed): Job => ({
    run: { protocol: 'smoke', experiment: 'fcnn', seed },
    resultsDir: folder,
    maxEpochs: 1,
    threads: 1,
    engine: { name: 'native', reason: 'none is needed' },
    behaviour: {},
    commit: null,
  }))
  const told: string[] = []
  const failed = await runJobs(
    jobs,
    2,
    {
      onStart: (job) => told.push(`${job.run.seed} begins`),
      onEvent: (job, event) => told.push(`${job.run.seed} ${event.kind}`),
      onRestart: (job) => told.push(`${job.run.seed} again`),
    },
    worker,
  )
  const starts = Object.fromEntries(seeds.map((seed) => [seed, readFileSync(join(folder, `starts-${seed}`), 'utf8').length]))
  return { failed, told, starts }
}

test('a run that always crashes is started again three times and then given up, by name and with what to do; the others are done', async () => {
  const { failed, told, starts } = await run([3, 1, 2])
  expect(starts).toEqual({ 1: 1, 2: 2, 3: 4 })
  expect(told.filter((line) => line.startsWith('3'))).toEqual(['3 begins', '3 again', '3 again', '3 again'])
  expect(told.filter((line) => line.startsWith('1'))).toEqual(['1 begins', '1 done'])
  expect(told.filter((line) => line.startsWith('2'))).toEqual(['2 begins', '2 again', '2 done'])
  expect(failed).toHaveLength(1)
  expect(failed[0]).toMatch(
    /^smoke\/fcnn\/seed-3 failed: its process ended with SIGKILL:\nCheck failed: IsAligned\(\) at start 4\n/,
  )
  expect(failed[0]).toContain('it was started 4 times')
  expect(failed[0]).toContain('the same command goes on from there (with KUZUSHIJI_ENGINE=portable on the slower engine)')
})

test('a run that tells of an error is not started again', async () => {
  const { failed, told, starts } = await run([4])
  expect(starts).toEqual({ 4: 1 })
  expect(told).toEqual(['4 begins', '4 failed'])
  expect(failed).toEqual(['smoke/fcnn/seed-4 failed: no data set here'])
})
