import { describe, expect, it } from 'vitest'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { rateCuts } from '../../src/data/reproduction/rate-cut.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { auditTable } from '../../src/tables/protocol-audit.ts'
import { siteOfRuns, type MadeUpRun } from './made-up-runs.ts'

interface Course {
  /** What test accuracy rises by in an epoch, up to the cut. */
  rise?: number
  /** The last epoch at the whole rate, of 240. */
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
  const data = siteOfRuns({ published: { fcnn: courses.map(() => ({ epochs: 240, ...made })) } })
  const allRuns = data.allRuns.map((run) => {
    const { rise = 5e-5, whole = 210, after = 0, peak, lowest = 240 } = courses[run.seed - 1]!
    const history = run.history.map((row) => ({
      ...row,
      learningRate: row.epoch <= whole ? 1e-3 : 1e-4,
      valAccuracy:
        0.8 + rise * Math.min(row.epoch, whole) + (row.epoch === 240 ? after : 0) + (row.epoch === peak?.epoch ? peak.by : 0),
      valLoss: 1 + Math.abs(row.epoch - lowest) / 1000,
    }))
    return { ...run, history }
  })
  return { ...data, allRuns }
}

describe('the first cut of the rate under the original’s protocol', () => {
  it('parts what a run gained in the hundred epochs before it from what it gained after', () => {
    const [cut] = rateCuts(site([{ after: 0.0004 }]))
    expect(cut).toEqual({
      experiment: 'fcnn',
      before: expect.closeTo(0.005, 9) as number,
      after: expect.closeTo(0.0004, 9) as number,
      afterEpochs: 30,
    })
    // Ten epochs are averaged: one that is off by a hundredth moves the gain by a thousandth.
    expect(rateCuts(site([{ peak: { epoch: 205, by: 0.01 } }]))[0]!.before).toBeCloseTo(0.006, 9)
  })

  it('is looked at where a run ended by its rule, and says what went before it from epoch 111 on', () => {
    const before = (course: Course, made?: MadeUpRun) => rateCuts(site([course], made)).map((cut) => cut.before)
    expect(before({ whole: 110 })).toEqual([expect.closeTo(0.005, 9)])
    expect([before({ whole: 109 }), before({ whole: 240 })]).toEqual([[null], []])
    expect(before({}, { status: 'stopped-at-budget' })).toEqual([])
    expect(claimHolds(site([{}, { whole: 109 }]), 'cut-ends-learning')).toBeNull()
    expect(claimHolds(siteOfRuns({}), 'cut-ends-learning')).toBeNull()
    expect(claimHolds(siteOfRuns({}), 'published-last-near-best')).toBeNull()
  })

  it('ended the learning where every run gained before it, and those that went on gained next to nothing after', () => {
    const ends = (...courses: Course[]) => claimHolds(site(courses), 'cut-ends-learning')
    expect([ends({ rise: 3.1e-5 }), ends({ rise: 2.9e-5 }), ends({}, { rise: 2.9e-5 })]).toEqual([true, false, false])
    // Half a point in a hundred epochs is .0015 in thirty, of which a fifth is .0003.
    expect([ends({ after: 0.00029 }), ends({ after: 0.00031 }), ends({ after: -0.00031 })]).toEqual([true, false, false])
    // One that ended sooner after its cut is not asked, and does not answer alone.
    expect([ends({}, { whole: 216, after: 0.01 }), ends({}, { whole: 215, after: 0.01 })]).toEqual([true, false])
    expect(ends({ whole: 216 })).toBeNull()
  })

  it('leaves nothing to choose among a run’s epochs where the last is about as good as the best and as that of the lowest loss', () => {
    const near = (...courses: Course[]) => claimHolds(site(courses), 'published-last-near-best')
    expect([near({ lowest: 205 }), near({ lowest: 150 }), near({ lowest: 205 }, { lowest: 150 })]).toEqual([true, false, false])
    const peak = (by: number) => near({ peak: { epoch: 205, by } })
    expect([peak(0.0021), peak(0.0024)]).toEqual([true, false])
  })

  it('found the training losses that the original prints still falling, between the two epochs printed before it', () => {
    const data = siteOfRuns({})
    const fcnn = data.published.experiments.fcnn!
    const risen = fcnn.curve.map(
      ([epoch, loss, ...rest]) => [epoch, epoch > 1000 ? 2 : loss, ...rest] as unknown as (typeof fcnn.curve)[number],
    )
    const changed = { ...data.published.experiments, fcnn: { ...fcnn, curve: risen } }
    const holds = (site: SiteData) => claimHolds(site, 'printed-falling-at-cut')
    expect([holds(data), holds({ ...data, published: { ...data.published, experiments: changed } })]).toEqual([true, false])
  })

  it('has a row in the audit’s table', () => {
    const cell = (...courses: Course[]) => auditTable(site(courses), {}).rows[1]![1]
    expect(cell({ after: 0.0006 })).toBe(
      'not a cost but what was gained in the 100 epochs before the first cut, and from it to the end:\nFCNN: 0.5 before; 0.1 points after, in 30 epochs (one run)',
    )
    expect(cell({}, { rise: 2e-5 })).toContain('FCNN: 0.4 before; 0.0 points after, in 30 epochs (mean of 2 runs)')
  })
})
