import type { RunRecord } from '../../../experiments/results/schema.ts'

/** Epochs whose rate is lower than that of the epoch before. */
export const rateFalls = (run: RunRecord): number[] =>
  run.history.flatMap(({ epoch, learningRate }, i) => (i > 0 && learningRate < run.history[i - 1]!.learningRate ? [epoch] : []))
