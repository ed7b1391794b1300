import { loadavg, totalmem } from 'node:os'
import { currentCommit } from '../commands/context.ts'
import { thisMachine } from '../this-machine.ts'
import type { BenchRecord } from '../results/bench-record.ts'

/** The machine as a benchmark's record describes it, before anything is measured. */
export const describeMachine = (): BenchRecord['machine'] => ({
  ...thisMachine(),
  memoryBytes: totalmem(),
  loadBefore: loadavg()[0]!,
  commit: currentCommit(),
})
