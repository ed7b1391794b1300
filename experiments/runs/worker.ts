/** The child process that trains one run: told by a message which, tells back how it goes. Started by `run-jobs.ts` only. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadEngine } from '../engine/choose.ts'
import { explainError } from '../is-defect.ts'
import { letSignalsThrough } from '../let-signals-through.ts'
import { sha256 } from '../sha256.ts'
import { thisMachine } from '../this-machine.ts'
import { projectFolder } from './project-folder.ts'
import { sourcesHash } from './behaviour/sources-hash.ts'
import { executeRun } from './execute-run.ts'
import type { Job, JobEvent } from './job.ts'
import { loadDataset } from './load-dataset.ts'
import { planRun } from './plan.ts'

const tell = (event: JobEvent) => process.send?.(event)
/** Waits until the parent has it: closing the channel drops what is still queued, and without its last word a run counts as crashed. */
const tellLast = (event: JobEvent) => new Promise<void>((told) => void process.send!(event, undefined, undefined, () => told()))

// Ctrl-C reaches the whole process group; the parent decides, and its end is ours.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(1))

const work = async (job: Job) => {
  try {
    if (sourcesHash() !== job.sources)
      throw new Error(
        'the code or its packages were changed since this command began, and what they give now is not known to it: ' +
          'finished epochs are kept, start it again',
      )
    const run = planRun(job.run)
    const dataset = await loadDataset(run.protocol, { download: false, log: () => {} })
    const record = await executeRun({
      run,
      engine: await loadEngine(job.engine, job.threads),
      dataset,
      behaviour: job.behaviour,
      resultsDir: job.resultsDir,
      maxEpochs: job.maxEpochs,
      machine: {
        ...thisMachine(),
        threads: job.threads,
        lockfile: sha256(readFileSync(join(projectFolder, 'package-lock.json'))),
        commit: job.commit,
      },
      effects: {
        now: () => new Date(),
        seconds: () => performance.now() / 1000,
        peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
        onResume: (epoch) => tell({ kind: 'resumed', epoch }),
        onBeginAnew: (kept) => tell({ kind: 'begun-anew', kept }),
        onStep: async (done) => {
          tell({ kind: 'step', ...done })
          await letSignalsThrough()
        },
        onEpoch: (state) => tell({ kind: 'epoch', row: state.history.at(-1)!, seconds: state.secondsPerEpoch.at(-1)! }),
      },
    })
    const { status, epochs, scoredEpoch, evaluation } = record
    await tellLast({ kind: 'done', status, epochs, scoredEpoch, testAccuracy: evaluation.test.accuracy })
  } catch (error) {
    await tellLast({ kind: 'failed', message: explainError(error) })
  }
  process.disconnect()
}

process.once('message', (job: Job) => void work(job))
