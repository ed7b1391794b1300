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
