import { describe, expect, it } from 'vitest'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { siteOfRuns, type MadeUpRun } from './made-up-runs.ts'

describe('the CNN without pooling', () => {
  /** By how much it is ahead at each epoch, of two seeds of either, on average. */
  const gone = (leads: number[], epochs = leads.length) => {
    const data = siteOfRuns({
      corrected: { cnn: [{ epochs }, { epochs: epochs + 3 }], 'cnn-no-pooling': [{ epochs }, { epochs }] },
    })
    const own = data.experiments.map((one) => ({
      ...one,
      runs: one.runs.map((run) => ({
        ...run,
        history: run.history.map((row) => ({
          ...row,
          // The seeds lie apart by more than any lead.
          valAccuracy: 0.9 + 0.05 * run.seed + (run.experiment === 'cnn' ? 0 : (leads[row.epoch - 1] ?? 0.1)),
        })),
      })),
    }))
    return claimHolds({ ...data, experiments: own }, 'no-pooling-lead-gone')
  }

  it('has lost its lead where the one with pooling is ahead at every common epoch from the second on', () => {
    expect([gone([0.01, -0.001, -0.001]), gone([-0.01, -0.001]), gone([0.01, 0, -0.001]), gone([0.01, -0.01, 0.01])]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(gone([0.01])).toBeNull()
    expect(claimHolds(siteOfRuns({ corrected: { cnn: {} } }), 'no-pooling-lead-gone')).toBeNull()
  })

  it('is shown in the run kept first and reading least only where the first seed is both', () => {
    const least = (...runs: MadeUpRun[]) =>
      claimHolds(siteOfRuns({ corrected: { 'cnn-no-pooling': runs } }), 'no-pooling-shown-is-least')
    const run = (epochs: number, test: number) => ({ epochs, test })
    expect(least(run(7, 0.94), run(8, 0.95), run(20, 0.941))).toBe(true)
    expect([least(run(8, 0.94), run(8, 0.95)), least(run(7, 0.95), run(8, 0.95))]).toEqual([false, false])
    expect([least(run(7, 0.94)), least()]).toEqual([null, null])
  })
})
