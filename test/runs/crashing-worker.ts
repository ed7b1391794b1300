/**
 * A stand-in for experiments/runs/worker.ts that trains nothing. It notes its start in the job's results folder; then the run's seed
 * says what becomes of it: 1 is done, 2 crashes at its first start only, 3 crashes always, 4 tells of an error.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job, JobEvent } from '../../experiments/runs/job.ts'

process.once('message', ({ run, resultsDir }: Job) => {
  const file = join(resultsDir, `starts-${run.seed}`)
  appendFileSync(file, 'x')
  const starts = readFileSync(file, 'utf8').length
  if (run.seed === 3 || (run.seed === 2 && starts === 1)) {
    process.stderr.write(`Check failed: IsAligned() at start ${starts}\n`, () => process.kill(process.pid, 'SIGKILL'))
    return
  }
  const event: JobEvent =
    run.seed === 4
      ? { kind: 'failed', message: 'no data set here' }
      : { kind: 'done', status: 'converged', epochs: 1, scoredEpoch: 1, testAccuracy: 0.9 }
  process.send!(event, () => process.disconnect())
})
