import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { currentCommit } from '../commands/context.ts'
import type { BenchRecord } from '../results/bench-record.ts'

/** The machine as a benchmark's record describes it, before anything is measured. */
export const describeMachine = (): BenchRecord['machine'] => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length || availableParallelism(),
  memoryBytes: totalmem(),
  os: `${type()} ${release()}`,
  node: process.version,
  loadBefore: loadavg()[0]!,
  commit: currentCommit(),
})
