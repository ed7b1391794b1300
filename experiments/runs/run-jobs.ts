import { fork } from 'node:child_process'
import { join } from 'node:path'
import { isStartupNoise } from '../engine/native/startup-noise.ts'
import type { Job, JobEvent } from './job.ts'

/** A child that dies without a word is started again from its checkpoint this many times. */
const restarts = 3
const afterTheLast = ({ engine }: Job) =>
  `it was started ${restarts + 1} times and each time ended without a word; its finished epochs are kept, and the same command goes on ` +
  `from there${engine.name === 'native' ? ' (with KUZUSHIJI_ENGINE=portable on the slower engine)' : ''}`

export interface JobHooks {
  onStart(job: Job): void
  onEvent(job: Job, event: JobEvent): void
  /** The child died (a signal, an abort) and is started again from its checkpoint. */
  onRestart(job: Job, reason: string): void
}

/**
 * Trains jobs in child processes, `parallel` at a time, in the order given.
 * Of a job that fails its run, `failed` is told at once: why, and what to do.
 * @param worker the script of a child
 * @returns the jobs that failed; the others are done
 */
export async function runJobs(
  jobs: readonly Job[],
  parallel: number,
  hooks: JobHooks,
  worker = join(import.meta.dirname, 'worker.ts'),
): Promise<Job[]> {
  const waiting = [...jobs]
  const failed: Job[] = []
  const children = new Set<ReturnType<typeof fork>>()
  const killAll = () => children.forEach((child) => child.kill('SIGKILL'))
  process.once('exit', killAll)

  const runOne = async (job: Job) => {
    hooks.onStart(job)
    for (let attempt = 0; ; attempt++) {
      const end = await runChild(worker, job, children, (event) => hooks.onEvent(job, event))
      if (end === null) return
      if (end.crashed && attempt < restarts) {
        hooks.onRestart(job, end.message)
        continue
      }
      failed.push(job)
      // One that told of its error has said so itself.
      if (end.crashed) hooks.onEvent(job, { kind: 'failed', message: `${end.message}\n  ${afterTheLast(job)}` })
      return
    }
  }
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await runOne(job)
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, jobs.length)) }, lane))
  process.off('exit', killAll)
  return failed
}

/** @returns null once the run is done, else what went wrong: an error it told of, or a crash */
function runChild(
  worker: string,
  job: Job,
  children: Set<ReturnType<typeof fork>>,
  onEvent: (event: JobEvent) => void,
): Promise<{ crashed: boolean; message: string } | null> {
  return new Promise((resolve) => {
    const threads = String(job.threads)
    const child = fork(worker, {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      // TensorFlow and oneDNN read these when they are loaded.
      env: { ...process.env, TF_NUM_INTRAOP_THREADS: threads, TF_NUM_INTEROP_THREADS: threads, OMP_NUM_THREADS: threads },
    })
    children.add(child)
    let outcome: { crashed: boolean; message: string } | null | undefined
    let complaints = ''
    child.stderr!.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)))
    child.on('message', (event: JobEvent) => {
      if (event.kind === 'failed') outcome = { crashed: false, message: event.message }
      if (event.kind === 'done') outcome = null
      onEvent(event)
    })
    child.on('close', (code, signal) => {
      children.delete(child)
      const said = complaints
        .split('\n')
        .filter((line) => !isStartupNoise(line))
        .slice(-5)
        .join('\n')
      resolve(
        outcome !== undefined
          ? outcome
          : { crashed: true, message: `its process ended with ${signal ?? `code ${code}`}${said && `:\n${said}`}` },
      )
    })
    // A child that dies before it could be told closes as well: that is what is reported.
    child.on('error', (error) => (complaints += `\n${error.message}`))
    child.send(job, () => {})
  })
}
