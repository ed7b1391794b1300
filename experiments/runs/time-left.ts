/** How far one of several jobs is. */
export interface JobPace {
  /** Seconds the whole run was expected to take before it began. */
  estimated: number
  /** Epochs to expect in all, and done. */
  expectedEpochs: number
  epochsDone: number
  /** Seconds of its latest epoch; undefined before the first is done. */
  epochSeconds?: number | undefined
  finished: boolean
  /** Whether it finished without its record. */
  failed?: boolean
}

/**
 * Seconds until all jobs are done, `parallel` at a time: what is running by its own pace; what waits by its estimate, corrected by how
 * the others' pace compares with theirs. Never less than the longest one alone.
 */
export function timeLeft(jobs: readonly JobPace[], parallel: number): number {
  const paces = jobs.filter((job) => job.epochSeconds !== undefined)
  const measured = paces.reduce((sum, job) => sum + job.epochSeconds! * job.expectedEpochs, 0)
  const estimated = paces.reduce((sum, job) => sum + job.estimated, 0)
  const correction = estimated > 0 ? measured / estimated : 1
  const left = jobs.map((job) => {
    if (job.finished) return 0
    const perEpoch = job.epochSeconds ?? (job.estimated * correction) / job.expectedEpochs
    // A run that outlasts what was expected is taken to end with its next epoch.
    return perEpoch * Math.max(1, job.expectedEpochs - job.epochsDone)
  })
  return Math.max(0, ...left, left.reduce((a, b) => a + b, 0) / parallel)
}
