import { describe, expect, it } from 'vitest'
import { sweeps } from '../../experiments/protocols.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { publishedNumber } from '../../src/data/reproduction/published-measures.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { siteOfRuns, type MadeUpRuns } from './made-up-runs.ts'

/** The records of a site with other histories. */
const withHistory = (
  data: SiteData,
  change: (run: RunRecord, epoch: number) => Partial<RunRecord['history'][number]>,
): SiteData => ({
  ...data,
  allRuns: data.allRuns.map((run) => ({
    ...run,
    history: run.history.map((row) => ({ ...row, ...change(run, row.epoch) })),
  })),
})

const both = (test: number): MadeUpRuns => ({ cnn: { test }, fcnn: { test } })

describe('rate times epochs', () => {
  const audits = { 'audit-0.001': { cnn: { epochs: 100 }, fcnn: { epochs: 100 } } }
  const swept = { 'sweep-adadelta-0.002': both(0.6), 'sweep-adadelta-0.005': both(0.7), 'sweep-adadelta-0.01': both(0.75) }
  /** What the audits read after twenty, fifty and a hundred epochs. */
  const after = (read: Record<number, number>, of = siteOfRuns({ ...audits, ...swept })) =>
    claimHolds(
      withHistory(of, (_, epoch) => ({ testAccuracy: read[epoch] ?? 0.1 })),
      'rate-times-epochs',
    )

  it('bring a network to the same accuracy where twenty, fifty and a hundred epochs do what ten at the larger rates do', () => {
    expect(after({ 20: 0.6, 50: 0.7, 100: 0.75 })).toBe(true)
    expect(after({ 20: 0.6049, 50: 0.6951, 100: 0.75 })).toBe(true)
    expect(after({ 20: 0.6051, 50: 0.7, 100: 0.75 })).toBe(false)
    expect(after({ 20: 0.6, 50: 0.7, 100: 0.7449 })).toBe(false)
  })

  it('are compared only where every pair was run', () => {
    const lacking = siteOfRuns({ ...audits, ...swept, 'sweep-adadelta-0.005': {} })
    expect(after({ 20: 0.6, 50: 0.7, 100: 0.75 }, lacking)).toBeNull()
    expect(claimHolds(siteOfRuns(swept), 'rate-times-epochs')).toBeNull()
  })

  it('of the original are its updates times their rate, which its log shows cut to a tenth from epochs 560, 589 and 594 on', () => {
    const { value, kind } = publishedNumber(siteOfRuns({}).published, 'fullSteps', 'cnn')
    expect([value, kind]).toEqual([expect.closeTo(469 * (0.559 + 0.0029 + 0.00005 + 0.000003), 6), 'count'])
  })
})

describe('full steps at rate 1.0', () => {
  /** Ends of the original's protocol after 300 epochs at 0.001 (three of ours in full steps), and what audits read after each epoch. */
  const holds = (end: number, read: number[], audited = read.length) => {
    const data = siteOfRuns({
      published: { cnn: { test: end, epochs: 3000 }, fcnn: { test: end, epochs: 2001 } },
      'audit-1.0': { cnn: { epochs: audited }, fcnn: { epochs: audited } },
    })
    return claimHolds(
      withHistory(data, ({ protocol }, epoch) =>
        protocol === 'published' ? { learningRate: 0.001 } : { testAccuracy: read[epoch - 1] ?? 0.99 },
      ),
      'full-steps-bring-less',
    )
  }

  it('bring less where audits that made as many and more than the whole of the original’s protocol read less than its ends', () => {
    // The CNN's steps come to three epochs, the FCNN's to two and a bit: the third is the first that has as many.
    expect(holds(0.9, [0.95, 0.95, 0.89])).toBe(true)
    expect(holds(0.9, [0.8, 0.8, 0.91])).toBe(false)
    expect(holds(0.9, [0.8, 0.8])).toBe(false)
    expect(claimHolds(siteOfRuns({ published: both(0.9) }), 'full-steps-bring-less')).toBeNull()
    expect(claimHolds(siteOfRuns({ 'audit-1.0': both(0.9) }), 'full-steps-bring-less')).toBeNull()
  })
})

describe('audits at rate 1.0', () => {
  const chosenBy = ['last', 'validation', 'test'] as const
  /** Audits that read so much after each epoch, and whose test loss is lowest after one of them; ends of both whole protocols. */
  function site(read: Record<string, number[]>, lowest = 1): SiteData {
    const length = Math.max(...Object.values(read).map((all) => all.length))
    const data = siteOfRuns({
      'audit-1.0': { cnn: { epochs: length }, fcnn: { epochs: length } },
      published: { cnn: { test: 0.89 }, fcnn: { test: 0.895 } },
      corrected: { cnn: { test: 0.95 }, fcnn: { test: 0.925 } },
    })
    const audited = {
      ...data,
      allRuns: data.allRuns.map((run) =>
        run.protocol === 'audit-1.0'
          ? {
              ...run,
              evaluation: {
                ...run.evaluation,
                alsoScored: chosenBy.map((by) => ({
                  chosenBy: by,
                  epoch: run.epochs,
                  test: run.evaluation.test,
                  validation: run.evaluation.test,
                })),
              },
            }
          : run,
      ),
    }
    return withHistory(audited, (run, epoch) =>
      run.protocol === 'audit-1.0'
        ? {
            testAccuracy: read[run.experiment]![epoch - 1]!,
            testLoss: 1 + Math.abs(epoch - lowest),
            valLoss: 1 + Math.abs(epoch - lowest),
          }
        : {},
    )
  }

  it('pass where the original’s protocol ends after two epochs (CNN) and three (FCNN), in the original and in ours', () => {
    const holds = (cnn: number[], fcnn: number[]) => claimHolds(site({ cnn, fcnn }), 'few-full-epochs-suffice')
    expect(holds([0.8, 0.91, 0.9], [0.8, 0.85, 0.91])).toBe(true)
    expect(holds([0.8, 0.85, 0.91], [0.8, 0.85, 0.91])).toBe(false)
    // More than ours, .895, but not than the original's own end, .8904 of the FCNN; and the other way round.
    expect(holds([0.8, 0.8871], [0.9, 0.9, 0.9])).toBe(false)
    expect(holds([0.8, 0.91, 0.9], [0.8, 0.85, 0.8949])).toBe(false)
    expect(claimHolds(siteOfRuns({ published: both(0.89) }), 'few-full-epochs-suffice')).toBeNull()
  })

  it('bring most of what separates the protocols, and the CNN’s lead, where they do so at the stop of the original’s rule', () => {
    // The rule stops ten epochs after the lowest loss.
    const at = (accuracy: number) => [...new Array<number>(10).fill(0.1), accuracy, 0.1]
    const holds = (cnn: number, fcnn: number) => claimHolds(site({ cnn: at(cnn), fcnn: at(fcnn) }), 'rate-alone-suffices')
    // Four fifths of .06 and of .03 above .89 and .895: .938 and .919; of the lead of .025: .020.
    expect(holds(0.945, 0.92)).toBe(true)
    expect(holds(0.937, 0.92)).toBe(false)
    expect(holds(0.945, 0.918)).toBe(false)
    expect(holds(0.939, 0.92)).toBe(false)
    expect(claimHolds(siteOfRuns({ corrected: both(0.95), published: both(0.89) }), 'rate-alone-suffices')).toBeNull()
  })
})

describe('the gain that the original prints of augmentation', () => {
  /** Audits that read so much after the epochs that the augmented networks' full steps come to, and much else before and after. */
  function holds(cnn: number[], fcnn: number[]) {
    const made = (read: number[]) => read.map(() => ({ epochs: 8 }))
    const data = siteOfRuns({ 'audit-1.0': { cnn: made(cnn), fcnn: made(fcnn) } })
    const steps = (name: string) => publishedNumber(data.published, 'fullSteps', name).value
    const withUpdates = (run: RunRecord): RunRecord => ({
      ...run,
      evaluation: { ...run.evaluation, train: { ...run.evaluation.train, images: 55_000 } },
    })
    const along = withHistory({ ...data, allRuns: data.allRuns.map(withUpdates) }, ({ experiment, seed }, epoch) => ({
      testAccuracy: epoch === Math.floor(steps(`${experiment}-augmented`) / 430) ? { cnn, fcnn }[experiment]![seed - 1]! : 0.5,
    }))
    return claimHolds(along, 'plain-comes-near-printed-augmented')
  }

  it('is met by plain networks that made no more full steps where those come within a point of the augmented ones', () => {
    // Printed ends: .9224 (CNN) and .9190 (FCNN).
    expect(holds([0.92, 0.906], [0.91])).toBe(true)
    expect(holds([0.912, 0.912], [0.91])).toBe(false)
    expect(holds([0.92, 0.92], [0.9085])).toBe(false)
  })

  it('is open while a plain network has not gone so far', () => {
    expect(holds([], [0.91])).toBeNull()
    const short = siteOfRuns({ 'audit-1.0': { cnn: { epochs: 2 }, fcnn: { epochs: 2 } } })
    expect(claimHolds(short, 'plain-comes-near-printed-augmented')).toBeNull()
  })
})

describe('the sweep', () => {
  const sweep = (read: (kind: string, rate: number) => [cnn: number, fcnn: number]) =>
    siteOfRuns(
      Object.fromEntries(
        sweeps.map(({ name, optimizer: { kind, rate } }) => {
          const [cnn, fcnn] = read(kind, rate)
          return [name, { cnn: [{ test: cnn }, { test: cnn }], fcnn: [{ test: fcnn }, { test: fcnn - 0.01 }] }]
        }),
      ),
    )
  const holds = (data: SiteData) => claimHolds(data, 'sweep-cnn-ahead')

  it('has every CNN ahead at all settings but the two smallest rates of Adadelta', () => {
    const small = (kind: string, rate: number) => kind === 'adadelta' && rate <= 0.001
    expect(holds(sweep((kind, rate) => (small(kind, rate) ? [0.5, 0.5] : [0.9, 0.89])))).toBe(true)
    expect(holds(sweep((kind, rate) => (small(kind, rate) || kind === 'adam' ? [0.5, 0.5] : [0.9, 0.89])))).toBe(false)
    expect(holds(sweep((_, rate) => (rate === 0.002 ? [0.5, 0.5] : [0.9, 0.89])))).toBe(false)
  })

  it('is not judged before every setting was run with two seeds', () => {
    const whole = sweep(() => [0.9, 0.8])
    const lacking = {
      ...whole,
      allRuns: whole.allRuns.filter(({ protocol, seed }) => protocol !== 'sweep-adam-0.001' || seed === 1),
    }
    expect([holds(whole), holds(lacking)]).toEqual([true, null])
  })
})
