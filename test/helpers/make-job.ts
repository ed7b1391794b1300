import type { Job } from '../../experiments/runs/job.ts'

/** A run of one epoch, and what of it a test is about. */
export const makeJob = (changes: Partial<Job> = {}): Job => ({
  run: { protocol: 'smoke', experiment: 'fcnn', seed: 1 },
  resultsDir: '',
  maxEpochs: 1,
  expectedEpochs: 1,
  threads: 1,
  engine: { name: 'native', reason: 'none is needed' },
  behaviour: {},
  sources: '',
  commit: null,
  ...changes,
})
