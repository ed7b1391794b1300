import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { roughness } from '../../src/data/reproduction/roughness.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { roughnessTable } from '../../src/tables/roughness.ts'
import { siteOfRuns } from './made-up-runs.ts'

interface Curve {
  /** The first epoch at a tenth of the rate. */
  cut: number
  /** The loss rises after every so many epochs. */
  riseEvery: number
  /** What it falls by an epoch, on the whole. */
  fall?: number
}

/** Runs of the original's protocol whose loss falls evenly but for its rises. */
function site(curves: Record<string, Curve>): SiteData {
  const data = siteOfRuns({ published: Object.fromEntries(Object.keys(curves).map((name) => [name, { epochs: 300 }])) })
  const history = (run: RunRecord, { cut, riseEvery, fall = 1e-3 }: Curve) =>
    run.history.map((row) => ({
      ...row,
      learningRate: row.epoch < cut ? 1e-3 : 1e-4,
      valLoss: 2 - fall * row.epoch + (row.epoch % riseEvery === 0 ? 2 * fall : 0),
    }))
  return { ...data, allRuns: data.allRuns.map((run) => ({ ...run, history: history(run, curves[run.experiment]!) })) }
}

const smooth = 1000
const three = {
  'cnn-no-pooling': { cut: 101, riseEvery: 10 },
  cnn: { cut: 201, riseEvery: 20 },
  fcnn: { cut: 251, riseEvery: smooth },
}

describe('how rough the loss was under the original’s protocol', () => {
  it('counts the rises over the epochs that all spent at the whole rate, and takes the fall before the cut', () => {
    const found = roughness(site(three))!
    expect([found.from, found.to]).toEqual([21, 100])
    // At 30, 40, … 100; at 40, 60, 80, 100.
    expect(found.runs.map(({ rises, firstCut }) => [rises, firstCut])).toEqual([
      [8, 101],
      [4, 201],
      [0, 251],
    ])
    // Without pooling both ends of the fifty epochs stand on a rise; of the CNN's only the last does.
    expect(found.runs.map(({ fall }) => Number((fall! * 1e4).toFixed(3)))).toEqual([10, 9.6, 10])
    expect(roughnessTable(site(three), {}).rows[1]).toEqual([
      'CNN, seed 1',
      { text: '560', value: 560 },
      { text: '201', value: 201 },
      { text: '4', value: 4 },
      '9.6',
    ])
  })

  it('finds that the roughest was cut first only where both orders agree', () => {
    const holds = (change: Partial<Record<keyof typeof three, Curve>>) =>
      claimHolds(site({ ...three, ...change }), 'cut-by-roughness')
    expect(holds({})).toBe(true)
    expect(holds({ cnn: { cut: 201, riseEvery: 10 } })).toBe(false)
    expect(holds({ cnn: { cut: 251, riseEvery: 20 } })).toBe(false)
    expect(holds({ fcnn: { cut: 251, riseEvery: 20 } })).toBe(false)
    const data = site(three)
    const { fcnn } = data.published.experiments
    const soon: typeof data.published.experiments = { ...data.published.experiments, fcnn: { ...fcnn!, rateFellAt: [100] } }
    const exchanged = {
      ...data,
      published: { ...data.published, experiments: soon },
      experiments: data.experiments.map((one) => ({ ...one, published: soon[one.experiment.name] })),
    }
    expect(claimHolds(exchanged, 'cut-by-roughness')).toBe(false)
  })

  it('says whether the loss was still falling at the cut', () => {
    const holds = (fall: number) =>
      claimHolds(site({ ...three, fcnn: { cut: 251, riseEvery: smooth, fall } }), 'cut-while-falling')
    expect([holds(6e-5), holds(4e-5)]).toEqual([true, false])
  })

  it('does not know the fall before a cut that came within fifty epochs', () => {
    const data = site({ ...three, 'cnn-no-pooling': { cut: 40, riseEvery: 10 } })
    expect(roughnessTable(data, {}).rows[0]!.at(-1)).toBe('–')
    expect(claimHolds(data, 'cut-while-falling')).toBeNull()
  })

  it('is not known before each of the three has a run whose rate was cut', () => {
    expect(claimHolds(site({ cnn: three.cnn, fcnn: three.fcnn }), 'cut-by-roughness')).toBeNull()
    expect(claimHolds(site({ ...three, fcnn: { cut: 400, riseEvery: smooth } }), 'cut-while-falling')).toBeNull()
    expect(roughnessTable(siteOfRuns({}), {}).rows).toEqual([])
  })
})
