import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { equalEpochs } from '../../src/data/reproduction/equal-epochs.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { equalEpochsFigure } from '../../src/figures/equal-epochs.ts'
import { siteOfRuns, type MadeUpRun } from './made-up-runs.ts'

/** Runs of the original's protocol whose accuracy rises with the epochs, the CNN's by `lead` above the FCNN's at each. */
function rising(lead: (epoch: number) => number, made: { cnn?: MadeUpRun; fcnn?: MadeUpRun | MadeUpRun[] } = {}): SiteData {
  const data = siteOfRuns({
    published: { cnn: made.cnn ?? { epochs: 700 }, fcnn: made.fcnn ?? [{ epochs: 900 }, { epochs: 800 }] },
  })
  const accuracy = (run: RunRecord, epoch: number) =>
    0.5 + epoch / 10_000 + (run.experiment === 'cnn' ? lead(epoch) : 0.001 * run.seed)
  return {
    ...data,
    allRuns: data.allRuns.map((run) => ({
      ...run,
      history: run.history.map((row) => ({ ...row, valAccuracy: accuracy(run, row.epoch) })),
    })),
  }
}

describe('CNN and FCNN at equal epochs of the original’s protocol', () => {
  it('has the CNN ahead where it reads more than every FCNN at every common epoch from 20 on', () => {
    const ahead = (lead: (epoch: number) => number) => claimHolds(rising(lead), 'published-cnn-ahead')
    expect(ahead(() => 0.003)).toBe(true)
    expect(ahead((epoch) => (epoch < 20 ? -0.1 : 0.003))).toBe(true)
    // The second seed's is as high at one epoch.
    expect(ahead((epoch) => (epoch === 650 ? 0.002 : 0.003))).toBe(false)
    expect(ahead((epoch) => (epoch === 20 ? -0.1 : 0.003))).toBe(false)
  })

  it('is not known before both have a run of twenty epochs', () => {
    expect(
      claimHolds(
        rising(() => 0.01, { cnn: { epochs: 19 } }),
        'published-cnn-ahead',
      ),
    ).toBeNull()
    expect(claimHolds(siteOfRuns({ published: { cnn: {} } }), 'published-fcnn-longer')).toBeNull()
    expect(equalEpochsFigure(siteOfRuns({}), {})).toBeNull()
  })

  it('has the FCNN trained longer where every one that ended took more epochs than every CNN', () => {
    const longer = (cnn: number, status: RunRecord['status'] = 'converged') =>
      claimHolds(
        rising(() => 0.01, { cnn: { epochs: cnn, status } }),
        'published-fcnn-longer',
      )
    expect([longer(799), longer(800), longer(900), longer(700, 'stopped-at-budget')]).toEqual([true, false, false, false])
  })

  it('takes the difference at the last epoch of the original’s CNN between means over seeds', () => {
    const { atLast } = equalEpochs(
      rising(() => 0.021),
      'cnn',
      'fcnn',
    )!
    expect(atLast!.epoch).toBe(596)
    // Two FCNNs, .001 and .002 above the line.
    expect(atLast!.first - atLast!.second).toBeCloseTo(0.0195, 9)
    expect(
      equalEpochs(
        rising(() => 0.021, { cnn: { epochs: 595 } }),
        'cnn',
        'fcnn',
      )!.atLast,
    ).toBeNull()
  })

  it('says in its title only what holds, and has a row for every epoch printed of the CNN that all reached', () => {
    const figureOf = (...made: Parameters<typeof rising>) => equalEpochsFigure(rising(...made), {})!
    const figure = figureOf(() => 0.0211)
    expect(figure.title).toBe(
      'Under the original’s protocol too the CNN is ahead at equal epochs; the rule let the FCNN train longer',
    )
    expect(figure.chart!({ label: '' })).toContain('>2.0 points<')
    const { rows } = figure.table!
    expect(rows.at(-1)).toEqual(['596', '88.7\u00a0%', '–', '58.1\u00a0%', '56.1\u00a0%', '+2.0'])
    const epochs = rows.map(([epoch]) => epoch)
    expect(['17', '20', '23', '596', '660'].map((epoch) => epochs.includes(epoch))).toEqual([false, false, true, true, false])
    expect(figureOf(() => 0.0211, { fcnn: { epochs: 600 } }).title).toBe(
      'Under the original’s protocol too the CNN is ahead at equal epochs',
    )
    expect(figureOf(() => 0).title).toBe('CNN and FCNN under the original’s protocol, epoch by epoch')
  })

  it('reads off the original’s log whether its CNN is ahead at each epoch printed of it, the FCNN’s between those printed', () => {
    const data = siteOfRuns({})
    expect(claimHolds(data, 'printed-cnn-ahead')).toBe(true)
    const withCurve = (change: (epoch: number, accuracy: number) => number) => {
      const fcnn = data.published.experiments.fcnn!
      const curve = fcnn.curve.map(
        ([epoch, loss, accuracy, valLoss, valAccuracy, rate]) =>
          [epoch, loss, accuracy, valLoss, change(epoch, valAccuracy), rate] as (typeof fcnn.curve)[number],
      )
      return {
        ...data,
        published: { ...data.published, experiments: { ...data.published.experiments, fcnn: { ...fcnn, curve } } },
      }
    }
    expect(
      claimHolds(
        withCurve((epoch, accuracy) => (epoch === 61 ? 0.9 : accuracy)),
        'printed-cnn-ahead',
      ),
    ).toBe(false)
    // Before epoch 20 they differ by seed.
    expect(
      claimHolds(
        withCurve((epoch, accuracy) => (epoch < 10 ? 0.9 : accuracy)),
        'printed-cnn-ahead',
      ),
    ).toBe(true)
  })

  it('compares the CNN without pooling with the one that has it', () => {
    const data = siteOfRuns({ published: { cnn: { epochs: 700 }, 'cnn-no-pooling': { epochs: 400 } } })
    const holds = (claim: 'published-no-pooling-ahead' | 'published-no-pooling-shorter', lead: number) =>
      claimHolds(
        {
          ...data,
          allRuns: data.allRuns.map((run) => ({
            ...run,
            history: run.history.map((row) => ({ ...row, valAccuracy: 0.7 + (run.experiment === 'cnn' ? 0 : lead) })),
          })),
        },
        claim,
      )
    expect([
      holds('published-no-pooling-ahead', 0.01),
      holds('published-no-pooling-ahead', 0),
      holds('published-no-pooling-shorter', 0),
    ]).toEqual([true, false, true])
    const longer = siteOfRuns({ published: { cnn: { epochs: 300 }, 'cnn-no-pooling': { epochs: 400 } } })
    expect(claimHolds(longer, 'published-no-pooling-shorter')).toBe(false)
    const shrinks = (leadAt: (epoch: number) => number) =>
      claimHolds(
        {
          ...data,
          allRuns: data.allRuns.map((run) => ({
            ...run,
            history: run.history.map((row) => ({
              ...row,
              valAccuracy: 0.7 + (run.experiment === 'cnn' ? 0 : leadAt(row.epoch)),
            })),
          })),
        },
        'no-pooling-lead-shrinks',
      )
    expect([
      shrinks((epoch) => (epoch === 400 ? 0.019 : 0.06)),
      shrinks((epoch) => (epoch === 400 ? 0.021 : 0.06)),
      shrinks((epoch) => (epoch < 400 ? -0.01 : -0.02)),
    ]).toEqual([true, false, false])
    expect(claimHolds(siteOfRuns({}), 'no-pooling-lead-shrinks')).toBeNull()
    expect(claimHolds(data, 'printed-no-pooling-ahead')).toBe(true)
    const { cnn, 'cnn-no-pooling': other } = data.published.experiments
    const exchanged = { ...data.published.experiments, cnn: other!, 'cnn-no-pooling': cnn! }
    const swapped = { ...data, published: { ...data.published, experiments: exchanged } }
    expect([claimHolds(swapped, 'printed-no-pooling-ahead'), claimHolds(swapped, 'no-pooling-lead-shrinks')]).toEqual([
      false,
      false,
    ])
  })
})
