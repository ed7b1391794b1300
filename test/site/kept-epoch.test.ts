import { describe, expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { siteOfRuns, type MadeUpRun, type MadeUpRuns } from './made-up-runs.ts'

describe('seeds whose kept epoch came late', () => {
  const run = (epochs: number, test: number): MadeUpRun => ({ epochs, test })
  const every = (runs: MadeUpRun[], other: MadeUpRuns = {}) =>
    claimHolds(
      siteOfRuns({ corrected: { ...Object.fromEntries(experiments.map(({ name }) => [name, runs])), ...other } }),
      'later-kept-reads-more',
    )
  const rising = [run(10, 0.9), run(20, 0.902), run(20, 0.9), run(30, 0.904)]

  it('read more in every network, on average, than those kept at the median epoch or before', () => {
    // .904 against .90067.
    expect(every(rising)).toBe(true)
    expect(every(rising, { fcnn: [...rising.slice(0, 3), run(30, 0.903)] })).toBe(false)
    expect(every(rising, { fcnn: rising.map(({ epochs, test }) => run(40 - epochs!, test!)) })).toBe(false)
  })

  it('are not told from others where every seed was kept at one epoch, or none was run', () => {
    expect(every([run(10, 0.9), run(10, 0.95)])).toBeNull()
    expect(every(rising, { fcnn: [] })).toBeNull()
  })
})

describe('longer training of the plain CNN', () => {
  /** Plain CNNs of .95, augmented ones, and plain ones after a hundred epochs. */
  const narrows = (augmented: number[], longer: number[]) => {
    const data = siteOfRuns({
      corrected: { cnn: augmented.map(() => ({ test: 0.95 })), 'cnn-augmented': augmented.map((test) => ({ test })) },
      'audit-1.0': { cnn: longer.map((test) => ({ test })) },
    })
    const allRuns = data.allRuns.map((run) =>
      run.protocol === 'audit-1.0'
        ? {
            ...run,
            evaluation: {
              ...run.evaluation,
              alsoScored: [{ chosenBy: 'validation' as const, epoch: 60, test: run.evaluation.test }],
            },
          }
        : run,
    )
    return claimHolds({ ...data, allRuns }, 'longer-training-narrows-augmentation')
  }

  it('narrows what augmentation gains where each gains a fifth of that by itself', () => {
    expect([narrows([0.96, 0.96], [0.9521]), narrows([0.96, 0.96], [0.9519])]).toEqual([true, false])
    // Each, where a sure gain is to be narrowed.
    expect([narrows([0.96, 0.96], [0.956, 0.9519]), narrows([0.94, 0.97], [0.96])]).toEqual([false, false])
    expect([narrows([0.959, 0.959], []), narrows([], [0.96])]).toEqual([null, null])
  })
})
