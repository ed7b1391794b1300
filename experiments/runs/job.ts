import type { RunName } from '../catalogue.ts'
import type { EngineChoice } from '../engine/choose.ts'
import type { HistoryRow } from '../results/schema.ts'

/** What a child process is asked to train. */
export interface Job {
  run: RunName
  resultsDir: string
  maxEpochs: number
  /** Epochs that it will likely take, never above the most; for the time left only. */
  expectedEpochs: number
  threads: number
  engine: EngineChoice
  behaviour: Record<string, string>
  /** Hash of the code that `behaviour` was measured on: a child that would run other code refuses. */
  sources: string
  commit: string | null
}

/** What it tells while it does. */
export type JobEvent =
  | { kind: 'resumed'; epoch: number }
  | { kind: 'begun-anew'; kept: string[] }
  | { kind: 'step'; epoch: number; step: number; steps: number }
  | { kind: 'epoch'; row: HistoryRow; seconds: number }
  | { kind: 'done'; status: 'converged' | 'stopped-at-budget'; epochs: number; scoredEpoch: number; testAccuracy: number }
  | { kind: 'failed'; message: string }
