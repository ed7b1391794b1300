import { describe, expect, it } from 'vitest'
import { claimHolds } from '../../src/data/claims.ts'
import { rateCuts } from '../../src/data/rate-cut.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { auditTable } from '../../src/tables/protocol-audit.ts'
import { siteOfRuns, type MadeUpRun } from './made-up-runs.ts'

interface Course {
  /** What test accuracy rises by in an epoch, up to the cut. */
  rise?: number
  /** The last epoch at the whole rate, of 220. */
  whole?: number
  /** Above the accuracy before the cut, at the end. */
  after?: number
  /** Of one epoch, above what the rise gives it. */
  peak?: { epoch: number; by: number }
  /** The epoch of the lowest loss; the last if absent. */
  lowest?: number
}

/** FCNNs of the original's protocol that rise evenly until the rate is cut. */
const site = (courses: Course[], made: MadeUpRun = {}): SiteData => {
  const data = siteOfRuns({ published: { fcnn: courses.map(() => ({ epochs: 220, ...made })) } })
  const allRuns = data.allRuns.map((run) => {
    const { rise = 5e-5, whole = 210, after = 0, peak, lowest = 220 } = courses[run.seed - 1]!
    const history = run.history.map((row) => ({
      ...row,
      learningRate: row.epoch <= whole ? 1e-3 : 1e-4,
      valAccuracy:
        0.8 + rise * Math.min(row.epoch, whole) + (row.epoch === 220 ? after : 0) + (row.epoch === peak?.epoch ? peak.by : 0),
      valLoss: 1 + Math.abs(row.epoch - lowest) / 1000,
    }))
    return { ...run, history }
  })
  return { ...data, allRuns }
}

describe('the first cut of the rate under the original’s protocol', () => {
  it('parts what a run gained in the hundred epochs before it from what it gained after', () => {
    const [cut] = rateCuts(site([{ after: 0.0004, lowest: 219 }]))
    expect(cut).toEqual({
      experiment: 'fcnn',
      before: expect.closeTo(0.005, 9) as number,
      after: expect.closeTo(0.0004, 9) as number,
      lastAboveLowest: expect.closeTo(0.0004, 9) as number,
      bestAboveLast: 0,
    })
    // Ten epochs are averaged: one that is off by a hundredth moves the gain by a thousandth.
    expect(rateCuts(site([{ peak: { epoch: 205, by: 0.01 } }]))[0]!.before).toBeCloseTo(0.006, 9)
  })

  it('is looked at where a run ended by its rule and had a hundred and ten epochs before it', () => {
    const known = (course: Course, made?: MadeUpRun) => rateCuts(site([course], made)).length
    expect([known({ whole: 110 }), known({ whole: 109 }), known({ whole: 220 })]).toEqual([1, 0, 0])
    expect(known({}, { status: 'stopped-at-budget' })).toBe(0)
    expect(claimHolds(siteOfRuns({}), 'cut-ends-learning')).toBeNull()
    expect(claimHolds(siteOfRuns({}), 'published-last-near-best')).toBeNull()
  })

  it('ended the learning where every run gained before it and none after', () => {
    const ends = (...courses: Course[]) => claimHolds(site(courses), 'cut-ends-learning')
    expect([ends({ rise: 3.1e-5 }), ends({ rise: 2.9e-5 }), ends({}, { rise: 2.9e-5 })]).toEqual([true, false, false])
    expect([ends({ after: 0.0009 }), ends({ after: 0.0011 }), ends({ after: -0.0011 })]).toEqual([true, false, false])
  })

  it('leaves nothing to choose among a run’s epochs where the last is about as good as the best and as that of the lowest loss', () => {
    const near = (...courses: Course[]) => claimHolds(site(courses), 'published-last-near-best')
    expect([near({ lowest: 205 }), near({ lowest: 150 }), near({ lowest: 205 }, { lowest: 150 })]).toEqual([true, false, false])
    const peak = (by: number) => near({ peak: { epoch: 205, by } })
    expect([peak(0.0021), peak(0.0024)]).toEqual([true, false])
  })

  it('has a row in the audit’s table', () => {
    const cell = (...courses: Course[]) => auditTable(site(courses), {}).rows[1]![1]
    expect(cell({ after: 0.0006 })).toBe(
      'gained in the 100 epochs before the first cut, and after it:\nFCNN: 0.5 and 0.1 points, one run',
    )
    expect(cell({}, { rise: 2e-5 })).toContain('FCNN: 0.4 and 0.0 points, mean of 2 runs')
  })
})
