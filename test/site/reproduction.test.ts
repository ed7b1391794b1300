import { describe, expect, it, test } from 'vitest'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { claimHolds } from '../../src/data/claims/claims.ts'
import {
  allTogether,
  auditedRuns,
  criterionCost,
  gainAtEqualUpdates,
  rateCost,
  ruleCost,
} from '../../src/data/reproduction/protocol-audit.ts'
import { olderCuts } from '../../src/data/reproduction/older-keras.ts'
import { largestDifference, meetsLoss, meetsScore, printedAt, reproductions } from '../../src/data/reproduction/reproduction.ts'
import { adadeltaRates, nearBestRates, rateSweep } from '../../src/data/reproduction/rate-sweep.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { writeNumber } from '../../src/data/write-number.ts'
import { withProtocol } from '../../src/data/with-protocol.ts'
import { reproducedAccuracy, reproducedClassScores, reproducedLoss } from '../../src/figures/reproduction.ts'
import { rateSweepFigure } from '../../src/figures/rate-sweep.ts'
import { sweepTable } from '../../src/tables/rate-sweep.ts'
import { reproducedClasses, reproducedClassesTable } from '../../src/tables/reproduced-classes.ts'
import { expectationsTable, reproducedLossesTable, reproducedRunsTable } from '../../src/tables/reproduction.ts'
import { stoppingRuleTable, stoppingTable } from '../../src/tables/audit-runs.ts'
import { auditTable } from '../../src/tables/protocol-audit.ts'
import type { Cell, TableMaker } from '../../src/tables/table-data.ts'
import { signed } from '../../src/tables/signed.ts'
import { wordsOf } from '../charts/text-boxes.ts'
import { olderRuleCases, ruleCases } from '../reference/rules.ts'
import { siteOfRuns, type MadeUpRun, type MadeUpRuns } from './made-up-runs.ts'

/** The records of a site, changed in place of building others. */
function changed(data: SiteData, change: (run: RunRecord) => Partial<RunRecord>): SiteData {
  const allRuns = data.allRuns.map((run) => ({ ...run, ...change(run) }))
  const experiments = data.experiments.map((one) => ({
    ...one,
    runs: allRuns.filter((run) => run.protocol === data.protocol.name && run.experiment === one.experiment.name),
  }))
  return { ...data, allRuns, experiments }
}

/** The FCNN by the original's protocol, its validation loss the printed one plus `off` at every epoch. */
function fcnn(off: (epoch: number) => number, made: MadeUpRun = {}): SiteData {
  const data = siteOfRuns({ published: { fcnn: { epochs: 1154, test: 0.8904, ...made } } })
  const printed = new Map(data.published.experiments.fcnn!.curve.map(([epoch, , , valLoss]) => [epoch, valLoss]))
  return changed(data, ({ history }) => ({
    history: history.map((row) => ({ ...row, valLoss: (printed.get(row.epoch) ?? 1) + off(row.epoch) })),
  }))
}

describe('the Keras of the original’s time', () => {
  const onLosses = olderRuleCases.filter(({ plateau }) => plateau.monitor === 'valLoss')

  it.each(onLosses)('cuts the rate where its own callback does: $name', ({ values, plateau, rates, nextRate }) => {
    const fell = [...rates, nextRate].flatMap((rate, i, all) => (i > 0 && rate < all[i - 1]! ? [i + 1] : []))
    expect(olderCuts(values, plateau)).toEqual(fell)
  })

  it('ends training where today’s does, as long as losses are numbers', () => {
    const stops = (cases: typeof ruleCases) =>
      cases.filter(({ values }) => !values.includes(NaN)).map(({ name, stopEpoch }) => [name, stopEpoch])
    expect(stops(olderRuleCases)).toEqual(stops(ruleCases))
    expect(stops(ruleCases).length).toBeGreaterThan(15)
  })

  it('is said to end runs alike only where it cuts each at the same epochs and every loss is finite', () => {
    const run = (losses: (number | null)[], cutFrom: number) =>
      changed(siteOfRuns({ published: { fcnn: { epochs: losses.length } } }), ({ history }) => ({
        history: history.map((row, i) => ({ ...row, valLoss: losses[i]!, learningRate: row.epoch < cutFrom ? 0.001 : 0.0001 })),
      }))
    const holds = (losses: (number | null)[], cutFrom: number) => claimHolds(run(losses, cutFrom), 'published-older-keras-alike')
    const flat = [0.5, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4]
    expect([holds(flat, 8), holds(flat, 7), holds(flat, 9)]).toEqual([true, false, false])
    expect(holds([null, ...flat.slice(1)], 8)).toBe(false)
    expect(claimHolds(siteOfRuns({}), 'published-older-keras-alike')).toBeNull()
  })
})

describe('the original’s protocol trained again', () => {
  it('is held to the printed validation loss from epoch 20 on, at equal epochs', () => {
    const early = reproductions(fcnn((epoch) => (epoch < 20 ? 1 : 0.049)))[0]!
    expect(early.largest.loss!.difference).toBeCloseTo(0.049, 6)
    expect([meetsLoss(early), meetsScore(early)]).toEqual([true, true])
    const late = reproductions(fcnn((epoch) => (epoch === 163 ? -0.051 : 0.01)))[0]!
    expect(late.largest.loss!.epoch).toBe(163)
    expect(meetsLoss(late)).toBe(false)
  })

  it('meets the expectations up to .05 of the loss and .012 of the macro F1, and no further', () => {
    const losses = [0.0499, -0.0499, 0.0501, -0.0501].map((off) => meetsLoss(reproductions(fcnn(() => off))[0]!))
    expect(losses).toEqual([true, true, false, false])
    const printed = fcnn(() => 0).published.experiments.fcnn!.macroF1
    const scores = [0.0119, -0.0119, 0.0121, -0.0121].map((off) => reproductions(fcnn(() => 0, { test: printed + off }))[0]!)
    expect(scores.map(({ scoreDifference }) => scoreDifference!.toFixed(4))).toEqual(['0.0119', '-0.0119', '0.0121', '-0.0121'])
    expect(scores.map(meetsScore)).toEqual([true, true, false, false])
  })

  it('is compared by loss under the losses and by accuracy under the accuracies, each difference with its sign', () => {
    const data = fcnn((epoch) => (epoch === 163 ? -0.02 : 0.01))
    const printed = new Map(
      data.published.experiments.fcnn!.curve.map(([epoch, loss, accuracy, , valAccuracy]) => [
        epoch,
        { loss, accuracy, valAccuracy },
      ]),
    )
    const along = changed(data, ({ history }) => ({
      history: history.map((row) => ({
        ...row,
        loss: (printed.get(row.epoch)?.loss ?? 0) + (row.epoch === 216 ? -0.03 : 0.01),
        accuracy: (printed.get(row.epoch)?.accuracy ?? 0) + (row.epoch === 163 ? 0.004 : -0.003),
        learningRate: row.epoch < 1100 ? 0.001 : 0.0001,
        valAccuracy: (printed.get(row.epoch)?.valAccuracy ?? 0) + (row.epoch === 216 ? 0.013 : -0.002),
      })),
    }))
    const [loss, accuracy] = [reproducedLoss, reproducedAccuracy].map((figure) => figure(along, {})!)
    expect(loss!.table!.rows[0]!.slice(2)).toEqual(['−.020', '163', '−.030', '216', '1,138; 1,146; 1,151', '1,100'])
    expect(accuracy!.table!.rows[0]!.slice(2)).toEqual(['+1.3', '216', '+0.4', '163', '1,138; 1,146; 1,151', '1,100'])
    expect(wordsOf(loss!.chart!({ label: 'a', width: 700 }))).toEqual(
      expect.arrayContaining(['published', 'published, training', 'rate cut to a tenth', 'published, rate cut']),
    )
    expect(accuracy!.title).toBe('From epoch 20 on accuracy lies within 1.3 points of what the original printed')
  })

  it('is held to the macro F1 only where it ended by its rule', () => {
    expect(meetsScore(reproductions(fcnn(() => 0, { test: 0.87 }))[0]!)).toBe(false)
    const stopped = reproductions(fcnn(() => 0, { test: 0.7, epochs: 200, status: 'stopped-at-budget' }))[0]!
    expect([meetsScore(stopped), meetsLoss(stopped)]).toEqual([null, true])
  })

  it('stopped at its budget, is compared at equal epochs everywhere, and never with the original’s end', () => {
    const stopped = fcnn(() => 0.01, { test: 0.7, epochs: 200, status: 'stopped-at-budget' })
    const { curve } = stopped.published.experiments.fcnn!
    const [epoch, , , printedLoss, printed] = curve.filter(([at]) => at <= 200).at(-1)!
    const data = changed(stopped, ({ history }) => ({ history: history.map((row) => ({ ...row, valAccuracy: 0.815 })) }))
    const text = (cell: Cell) => (cell && typeof cell === 'object' ? cell.text : cell)
    const rowOf = (table: TableMaker) =>
      table(data, {})
        .rows.find(([name]) => name === 'FCNN, seed 1')!
        .map(text)
    expect(rowOf(expectationsTable).slice(1)).toEqual([
      '+.010',
      expect.stringMatching(/^\d+$/),
      '–',
      String(epoch),
      '81.5\u00a0%',
      `${(printed * 100).toFixed(1)}\u00a0%`,
      'loss; not ended',
    ])
    expect(rowOf(reproducedRunsTable).slice(1, 3)).toEqual(['1,154', '200 *'])
    expect(rowOf(reproducedRunsTable)[8]).toMatch(/^\.\d{3} \*$/)
    expect(rowOf(reproducedLossesTable).at(-1)).toBe(`${writeNumber(printedLoss, 'loss')} (epoch ${epoch})`)
    const loss = reproducedLoss(data, {})!
    expect(loss.subtitle).toContain('Not run to its end yet: FCNN. Not run yet: CNN;')
    // All that the original printed, then every epoch of ours.
    expect([loss.data!.rows[curve.length - 1]![3], loss.data!.rows.at(-1)![3]]).toEqual([1154, 200])
    const chart = loss.chart!({ label: 'a', width: 700 })
    expect(chart).not.toContain('NaN')
    // The original cut its rate after this run's last epoch.
    expect(wordsOf(chart)).toContain('published, training')
    expect(wordsOf(chart)).not.toContain('published, rate cut')
    expect(reproducedClassScores(data, {})).toBeNull()
    const classes = reproducedClassesTable(data, {}).rows[0]!.map(text)
    expect(classes.slice(4, 7)).toEqual([expect.stringMatching(/^\.9/), '–', '–'])
    expect(classes[2]).toBeNull()
    expect([claimHolds(data, 'published-fcnn-ended'), claimHolds(data, 'published-cnn-ended')]).toEqual([false, null])
    expect(
      claimHolds(
        fcnn(() => 0),
        'published-fcnn-ended',
      ),
    ).toBe(true)
  })

  it('names beside the classes what was not run to its end, and what not at all', () => {
    const data = siteOfRuns({ published: { fcnn: { test: 0.89 }, cnn: { test: 0.8, status: 'stopped-at-budget' } } })
    expect(reproducedClassScores(data, {})!.subtitle).toMatch(
      /\. Not run to its end yet: CNN\. Not run yet: CNN, augmented; FCNN, augmented; CNN without pooling$/,
    )
  })

  it('cannot be compared where no printed epoch from 20 on was reached', () => {
    const { curve } = fcnn(() => 0).published.experiments.fcnn!
    const rows = Array.from({ length: 19 }, (_, i) => ({
      epoch: i + 1,
      loss: 1,
      accuracy: 0.5,
      valLoss: 1,
      valAccuracy: 0.5,
      learningRate: 1,
    }))
    expect(largestDifference(rows, curve, 'loss')).toBeNull()
  })

  it('comes with a row for each run, the original’s seed first, and one for what was not run', () => {
    const data = siteOfRuns({ published: { fcnn: [{ test: 0.88 }, { test: 0.89 }] } })
    const seeds = changed(data, ({ seed }) => ({ seed: seed === 2 ? 42 : seed }))
    expect(reproductions(seeds).map(({ run }) => run.seed)).toEqual([42, 1])
    const names = expectationsTable(seeds, {}).rows.map(([name]) => name)
    expect(names).toEqual(['CNN', 'FCNN, seed 42', 'FCNN, seed 1', 'CNN, augmented', 'FCNN, augmented', 'CNN without pooling'])
    expect(expectationsTable(seeds, {}).rows[0]).toEqual(['CNN', null, null, null, null, null, null, null])
    expect(reproducedRunsTable(seeds, {}).rows).toHaveLength(6)
  })

  it('says of each published class score whether it lies in the sampling interval of ours', () => {
    const data = fcnn(() => 0)
    const [{ scores }] = reproducedClasses(data) as [ReturnType<typeof reproducedClasses>[number]]
    for (const { f1, published, interval, inside } of scores) {
      expect(interval.low).toBeLessThan(f1)
      expect(interval.high).toBeGreaterThan(f1)
      expect(inside).toBe(published >= interval.low && published <= interval.high)
    }
    expect(new Set(scores.map(({ inside }) => inside)).size).toBe(2)
    const texts = JSON.stringify(reproducedClassesTable(data, {}).rows)
    expect(texts.match(/ \*"/g)).toHaveLength(scores.filter(({ inside }) => !inside).length)
  })

  it('is said in prose only where the runs bear it out', () => {
    const said = (data: SiteData) =>
      (['published-curves-reproduced', 'published-reproduced'] as const).map((claim) => claimHolds(data, claim))
    expect(said(siteOfRuns({}))).toEqual([null, null])
    expect(said(fcnn(() => 0.01))).toEqual([true, true])
    expect(said(fcnn(() => 0.01, { test: 0.87 }))).toEqual([true, false])
    expect(said(fcnn(() => 0.06))).toEqual([false, false])
  })
})

test('a chapter says that values came back only once every run they stand for has ended and meets what was expected', () => {
  const one = (name: string, test: number, made: MadeUpRun = {}) => ({ [name]: { epochs: 1200, test, ...made } })
  const printed = (runs: Record<string, MadeUpRun>) => {
    const data = siteOfRuns({ published: runs })
    return changed(data, ({ experiment, history }) => {
      const curve = new Map(data.published.experiments[experiment]!.curve.map(([epoch, , , valLoss]) => [epoch, valLoss]))
      return { history: history.map((row) => ({ ...row, valLoss: curve.get(row.epoch) ?? 1 })) }
    })
  }
  const fcnnRun = one('fcnn', 0.8904)
  const both = { ...fcnnRun, ...one('cnn', 0.8874) }
  expect(claimHolds(printed(fcnnRun), 'published-networks-reproduced')).toBeNull()
  expect(
    claimHolds(printed({ ...fcnnRun, ...one('cnn', 0.8874, { status: 'stopped-at-budget' }) }), 'published-networks-reproduced'),
  ).toBeNull()
  expect(claimHolds(printed(both), 'published-networks-reproduced')).toBe(true)
  expect(claimHolds(printed({ ...fcnnRun, ...one('cnn', 0.8) }), 'published-networks-reproduced')).toBe(false)
  expect(claimHolds(printed(both), 'published-pooling-reproduced')).toBeNull()
  expect(claimHolds(printed({ ...both, ...one('cnn-no-pooling', 0.8902) }), 'published-pooling-reproduced')).toBe(true)
  expect(claimHolds(printed(both), 'published-augmentation-reproduced')).toBeNull()
})

test('convolutional networks lag where their losses lie above every printed one, and the audit says on which sides CNNs end at equal updates', () => {
  const { published } = siteOfRuns({})
  const { curve } = published.experiments.cnn!
  const [[first, , , firstLoss], [second, , , secondLoss]] = [curve[10]!, curve[11]!]
  expect(printedAt(curve, second, 'loss')).toBeCloseTo(secondLoss, 12)
  expect(printedAt(curve, Math.sqrt(first * second), 'loss')).toBeCloseTo((firstLoss + secondLoss) / 2, 12)
  expect([0.5, 10_000].map((epoch) => printedAt(curve, epoch, 'loss'))).toEqual([null, null])

  // Made-up runs have equally long epochs: the audit's last is compared with the same of the original.
  const both = { 'cnn-augmented': { epochs: 60 }, 'cnn-no-pooling': { epochs: 335 } }
  const said = (off: (epoch: number) => number, atLast: number[], others: MadeUpRuns = both) => {
    const data = siteOfRuns({
      published: { cnn: { epochs: 596 }, ...others },
      'audit-0.001': { cnn: atLast.map(() => ({ epochs: 100 })) },
    })
    const along = changed(data, ({ protocol, experiment, seed, history, evaluation }) => ({
      history: history.map((row) =>
        protocol === 'published'
          ? { ...row, valLoss: (printedAt(published.experiments[experiment]!.curve, row.epoch, 'loss') ?? 1) + off(row.epoch) }
          : { ...row, testLoss: printedAt(curve, 100, 'loss')! + atLast[seed - 1]!, testAccuracy: 0.7 },
      ),
      ...(protocol === 'audit-0.001' && {
        evaluation: {
          ...evaluation,
          alsoScored: (['last', 'validation', 'test'] as const).map((chosenBy) => ({
            chosenBy,
            epoch: 100,
            test: evaluation.test,
          })),
        },
      }),
    }))
    return [claimHolds(along, 'published-convolutional-lag'), claimHolds(along, 'audit-cnns-on-either-side')]
  }
  expect(said(() => 0.01, [0.02, -0.01])).toEqual([true, true])
  expect(said((epoch) => (epoch < 100 ? 0.01 : -0.01), [0.02, 0.01])).toEqual([false, false])
  expect(said(() => 0.01, [0.02])).toEqual([true, null])
  expect(said(() => 0.01, [], { 'cnn-augmented': { epochs: 60 } })).toEqual([null, null])
  // Above throughout, but later by more than a fifth of the epochs.
  expect(said(() => 0.2, [])).toEqual([false, null])
})

test('the stop decides which network is ahead where the CNN is behind at the original’s last epoch and ahead at its own', () => {
  const decides = (atPrintedEnd: number, cnn: MadeUpRun, fcnn: MadeUpRun[] = [{ test: 0.889 }, { test: 0.886 }]) => {
    const data = siteOfRuns({ published: { cnn: { epochs: 775, ...cnn }, fcnn } })
    const last = data.published.experiments.cnn!.lastEpoch
    const along = changed(data, ({ history }) => ({
      history: history.map((row) => ({ ...row, valAccuracy: row.epoch === last ? atPrintedEnd : 0.8 })),
    }))
    return claimHolds(along, 'published-stop-decides')
  }
  expect(decides(0.884, { test: 0.897 })).toBe(true)
  expect(decides(0.888, { test: 0.897 })).toBe(false)
  expect(decides(0.884, { test: 0.8885 })).toBe(false)
  expect(decides(0.884, { test: 0.897, epochs: 500 })).toBe(false)
  expect(decides(0.884, { test: 0.897, status: 'stopped-at-budget' })).toBeNull()
  expect(decides(0.884, { test: 0.897 }, [])).toBeNull()
})

test('a run misses its score by its stop where it goes along the printed curve and ends elsewhere', () => {
  const misses = (score: number, off: { loss?: number; accuracy?: number } = {}, epochs = 347) => {
    const data = siteOfRuns({ published: { 'cnn-no-pooling': { epochs, test: score } } })
    const { curve } = data.published.experiments['cnn-no-pooling']!
    const along = changed(data, ({ history }) => ({
      history: history.map((row) => {
        const printed = curve.find(([epoch]) => epoch === row.epoch)
        if (!printed) return row
        return { ...row, valLoss: printed[3] + (off.loss ?? 0), valAccuracy: printed[4] + (off.accuracy ?? 0) }
      }),
    }))
    return claimHolds(along, 'published-misses-by-stop')
  }
  expect(misses(0.866)).toBe(true)
  expect(misses(0.866, { accuracy: 0.004 })).toBe(true)
  expect(misses(0.866, { accuracy: 0.006 })).toBe(false)
  expect(misses(0.866, { loss: 0.06 })).toBe(false)
  // The original's own last epoch.
  expect(misses(0.866, {}, 535)).toBe(false)
  expect(misses(0.89)).toBeNull()
})

test('the runs of another protocol can be looked at as the site’s own', () => {
  const data = siteOfRuns({ corrected: { cnn: {} }, published: { cnn: { test: 0.8 }, fcnn: {} } })
  const view = withProtocol(data, 'published')
  expect(view.experiments.map(({ runs }) => runs.length)).toEqual([1, 1, 0, 0, 0])
  expect([withProtocol(data, 'published') === view, withProtocol(data, 'corrected') === data]).toEqual([true, true])
  expect(() => withProtocol(data, 'other')).toThrow('there is no protocol "other": the catalogue has corrected, published')
})

describe('the protocol audit', () => {
  const costCell = (data: SiteData, of: string) => auditTable(data, {}).rows.find(([choice]) => choice === of)![1]
  /** Audit runs whose three epochs score these test accuracies. */
  const audit = (last: number, validation: number, best: number) => {
    const made = { test: last }
    const data = siteOfRuns({
      'audit-1.0': { cnn: [made, made], fcnn: made },
      'audit-0.001': { cnn: [{ test: last - 0.2 }] },
    })
    const scored = (run: RunRecord, by: 'last' | 'validation' | 'test', epoch: number, accuracy: number) => {
      const right = Math.round(accuracy * 1000)
      const confusion = run.evaluation.test.confusion.map((row, c) =>
        row.map((_, k) => (k === c ? right : k === (c + 1) % 10 ? 1000 - right : 0)),
      )
      return { chosenBy: by, epoch, test: { images: 10_000, loss: 1, accuracy: right / 1000, confusion } }
    }
    return changed(data, (run) => {
      const less = run.protocol === 'audit-1.0' ? 0 : 0.2
      return {
        evaluation: {
          ...run.evaluation,
          alsoScored: [
            scored(run, 'last', 100, last - less),
            scored(run, 'validation', 40, validation - less),
            scored(run, 'test', 55, best - less),
          ],
        },
      }
    })
  }

  it('counts what choosing the epoch on the test set gains, per run and over runs', () => {
    const data = audit(0.95, 0.952, 0.955)
    const runs = auditedRuns(data, 'audit-1.0')
    expect(runs).toHaveLength(3)
    for (const { stopping, epochs } of runs) {
      expect(epochs).toEqual({ last: 100, validation: 40, test: 55 })
      expect(stopping.value).toBeCloseTo(0.003, 9)
      // Two shares of 10,000 near .95: standard error about .003.
      expect(stopping.interval!.high - stopping.interval!.low).toBeCloseTo(0.0117, 3)
    }
    // The networks are not lumped together.
    expect(criterionCost(data, 'audit-1.0', 'cnn', 'test', 'validation')).toMatchObject({
      interval: null,
      values: [0.003, 0.003].map((gain): number => expect.closeTo(gain, 9) as number),
    })
    expect(criterionCost(data, 'audit-1.0', 'fcnn', 'validation', 'last')!.value).toBeCloseTo(0.002, 9)
    expect(criterionCost(data, 'audit-0.001', 'fcnn', 'test', 'validation')).toBeNull()
  })

  it('gives weights that both criteria chose no interval: they do not differ', () => {
    const data = changed(audit(0.95, 0.952, 0.952), (run) => ({
      evaluation: { ...run.evaluation, alsoScored: run.evaluation.alsoScored!.map((one) => ({ ...one, epoch: 100 })) },
    }))
    expect(auditedRuns(data, 'audit-1.0')[0]!.stopping).toEqual({ value: 0, interval: { low: 0, high: 0 }, values: [0] })
  })

  it('takes the interval of a mean over seeds by Student’s t', () => {
    const gains = [0.001, 0.002, 0.006]
    const data = changed(siteOfRuns({ 'audit-1.0': { fcnn: [{}, {}, {}] } }), (run) => ({
      evaluation: audit(0.9, 0.9, 0.9 + gains[run.seed - 1]!).allRuns[0]!.evaluation,
    }))
    // Mean .003, deviation .002646, t with 2 degrees of freedom 4.303.
    const { value, interval } = criterionCost(data, 'audit-1.0', 'fcnn', 'test', 'validation')!
    expect(value).toBeCloseTo(0.003, 9)
    expect(interval!.high - value).toBeCloseTo((4.3027 * 0.0026458) / Math.sqrt(3), 5)
    const { rows, summary } = stoppingTable(data, {})
    const texts = summary!.map((row) => row.map((cell) => (cell && typeof cell === 'object' ? cell.text : cell)))
    expect(texts).toEqual([
      ['FCNN, at rate 1.0: mean of 3 seeds', '', '90.3\u00a0%', '', '90.0\u00a0%', '90.0\u00a0%', '0.3', '−0.4 to 1.0'],
    ])
    expect(rows.map(([name]) => name)).toEqual([
      'CNN, at rate 1.0',
      'CNN, at 0.001',
      'FCNN, at rate 1.0, seed 1',
      'FCNN, at rate 1.0, seed 2',
      'FCNN, at rate 1.0, seed 3',
      'FCNN, at 0.001',
    ])
    expect(costCell(data, 'Epoch chosen on the test set')).toBe(
      'CNN not run yet\nFCNN at rate 1.0: gain by the highest accuracy 0.3 points (−0.4 to 1.0)',
    )
  })

  it('says where the original’s own rule would have stopped on either loss, and what is gained by the test loss', () => {
    // The validation loss is lowest at epoch 5, the test loss at 8: the rule fires ten epochs later.
    const lowest = (at: number, epoch: number) => 1 + Math.abs(epoch - at) / 100
    const history = (run: RunRecord) =>
      run.history.map((row) => ({
        ...row,
        valLoss: lowest(5, row.epoch),
        testLoss: lowest(8, row.epoch),
        testAccuracy: 0.9 + row.epoch / 1000,
      }))
    const data = changed(audit(0.95, 0.952, 0.955), (run) => ({ history: history(run) }))
    const [{ byRule }] = auditedRuns(data, 'audit-1.0') as [ReturnType<typeof auditedRuns>[number]]
    expect(byRule).toEqual({
      test: { epoch: 18, accuracy: 0.918, fired: true },
      validation: { epoch: 15, accuracy: 0.915, fired: true },
    })
    expect(ruleCost(data, 'audit-1.0', 'cnn')!.value).toBeCloseTo(0.003, 9)
    const falling = changed(data, (run) => ({ history: history(run).map((row) => ({ ...row, testLoss: 1 / row.epoch })) }))
    const last = falling.allRuns[0]!.epochs
    expect(auditedRuns(falling, 'audit-1.0')[0]!.byRule!.test).toEqual({ epoch: last, accuracy: 0.9 + last / 1000, fired: false })
    expect(JSON.stringify(stoppingRuleTable(falling, {}).rows[0])).toContain(`"not in ${last}"`)
    expect(costCell(data, 'Epoch chosen on the test set')).toMatch(
      /^CNN at rate 1\.0: gain by the original’s rule 0\.3 points \(seeds: 0\.3, 0\.3\), by the highest accuracy 0\.3 points \(seeds: 0\.3, 0\.3\)/,
    )
    // Where the rule would not have fired on either loss, nothing came to an end that a choice could be made of.
    const endless = changed(falling, (run) => ({ history: run.history.map((row) => ({ ...row, valLoss: 1 / row.epoch })) }))
    for (const choice of ['Epoch chosen on the test set', 'Last weights scored'])
      expect(costCell(endless, choice)).toMatch(/^CNN at rate 1\.0(, .*)?: still learning at the last epoch, nothing to choose$/)
  })

  it('is said in prose to cost most by its rate only where that costs every network ten times what another choice does', () => {
    const twice = { cnn: [{}, {}], fcnn: [{}, {}] }
    const holds = (slower: (network: string) => number, best = 0.955, last = (_seed: number) => 0.95) =>
      claimHolds(
        changed(siteOfRuns({ 'audit-1.0': twice, 'audit-0.001': twice }), (run) => {
          const less = run.protocol === 'audit-1.0' ? 0 : slower(run.experiment)
          return { evaluation: audit(last(run.seed) - less, 0.952 - less, best - less).allRuns[0]!.evaluation }
        }),
        'rate-costs-most',
      )
    // The test set gains .3 points, or two.
    expect(holds(() => 0.031)).toBe(true)
    expect(holds((network) => (network === 'fcnn' ? 0.029 : 0.2))).toBe(false)
    expect(holds(() => 0.1, 0.972)).toBe(false)
    // The last weights are two points better in one run and two worse in the other: that cancels nothing.
    expect(
      holds(
        () => 0.1,
        0.955,
        (seed) => (seed === 1 ? 0.932 : 0.972),
      ),
    ).toBe(false)
    expect(claimHolds(audit(0.95, 0.952, 0.955), 'rate-costs-most')).toBeNull()
  })

  it('is said in prose to go either way by the original’s rule only where runs gained and lost', () => {
    // Lowest at epochs 5 and 8: of accuracies that rise with the epochs the later gains.
    const withLowest = (test: (seed: number) => number) =>
      changed(audit(0.95, 0.952, 0.955), (run) => ({
        history: run.history.map((row) => ({
          ...row,
          valLoss: 1 + Math.abs(row.epoch - 6) / 100,
          testLoss: 1 + Math.abs(row.epoch - test(run.seed)) / 100,
          testAccuracy: 0.9 + row.epoch / 1000,
        })),
      }))
    const holds = (test: (seed: number) => number) => claimHolds(withLowest(test), 'test-rule-either-way')
    expect(holds((seed) => (seed === 1 ? 5 : 8))).toBe(true)
    expect([holds(() => 5), holds(() => 8), holds(() => 6)]).toEqual([false, false, false])
    expect(claimHolds(audit(0.95, 0.952, 0.955), 'test-rule-either-way')).toBeNull()
  })

  it('is said in prose to cost little by the last weights only where no run gains or loses a quarter of a point by them', () => {
    const holds = (last: number) => claimHolds(audit(last, 0.952, 0.96), 'last-weights-cost-little')
    expect([holds(0.95), holds(0.954), holds(0.949), holds(0.955)]).toEqual([true, true, false, false])
    expect(claimHolds(siteOfRuns({}), 'last-weights-cost-little')).toBeNull()
  })

  it('is said in prose to gain little only where every run bears it out', () => {
    const holds = (best: number) => claimHolds(audit(0.95, 0.952, best), 'test-stopping-gains-little')
    expect([holds(0.956), holds(0.958), claimHolds(siteOfRuns({}), 'test-stopping-gains-little')]).toEqual([true, false, null])
  })

  it('pairs the two rates by network and seed', () => {
    const data = audit(0.95, 0.952, 0.955)
    expect(rateCost(data, 'cnn')).toMatchObject({ values: [expect.closeTo(0.2, 9)], interval: null })
    expect(rateCost(data, 'cnn')!.value).toBeCloseTo(0.2, 9)
    expect(rateCost(data, 'fcnn')).toBeNull()
  })

  it('takes the spread of several seeds, and of none what takes two', () => {
    const data = siteOfRuns({ corrected: { cnn: [{ test: 0.95 }, { test: 0.96 }], fcnn: {} } })
    // A hundredth over the root of two.
    expect(costCell(data, 'One seed')).toBe('CNN: standard deviation 0.7 points, 2 seeds')
  })

  /** The plain CNN ends at 80 %; the augmented one rises from 70 % by four tenths of a point an epoch. */
  const withRising = (data: SiteData) =>
    changed(data, (run) => ({
      history: run.history.map((row) => ({ ...row, valAccuracy: run.experiment === 'cnn' ? 0.8 : 0.7 + row.epoch / 250 })),
    }))

  it('compares augmentation at equal updates as well as at the end', () => {
    const data = siteOfRuns({ published: { cnn: { epochs: 100 }, 'cnn-augmented': { epochs: 50 } } })
    const rising = withRising(data)
    // The made-up runs have 10,000 training images: 79 updates an epoch, 782 with ten copies: 100 epochs are 10 of the longer ones.
    const { atEnd, atEqual } = gainAtEqualUpdates(rising, 'cnn-augmented', 'cnn')!
    expect([atEnd, atEqual].map((gain) => Number(gain.toFixed(6)))).toEqual([0.1, -0.06])
    expect(claimHolds(rising, 'equal-updates-behind')).toBe(true)
    expect(claimHolds(data, 'equal-updates-behind')).toBe(false)
    expect(claimHolds(siteOfRuns({ published: { cnn: { epochs: 100 } } }), 'equal-updates-behind')).toBeNull()
    const stopped = siteOfRuns({
      published: { cnn: { epochs: 100 }, 'cnn-augmented': { epochs: 50, status: 'stopped-at-budget' } },
    })
    expect(claimHolds(withRising(stopped), 'equal-updates-behind')).toBeNull()
  })

  it('compares augmentation between runs of one seed', () => {
    const score = { 1: 0.8, 2: 0.9 }
    const two = siteOfRuns({
      published: { cnn: [{ epochs: 100 }, { epochs: 100 }], 'cnn-augmented': [{ epochs: 50 }, { epochs: 50 }] },
    })
    const graded = changed(two, (run) => ({
      history: run.history.map((row) => ({ ...row, valAccuracy: score[run.seed as 1 | 2] })),
    }))
    const second = { ...graded, allRuns: graded.allRuns.filter(({ experiment, seed }) => experiment === 'cnn' || seed === 2) }
    expect(gainAtEqualUpdates(second, 'cnn-augmented', 'cnn')).toMatchObject({ atEnd: 0, atEqual: 0 })
  })

  it('says of a gain whose run was stopped at its budget by which epoch it is', () => {
    const gain = (status: RunRecord['status']) => {
      const data = siteOfRuns({ published: { cnn: { epochs: 100 }, 'cnn-augmented': { epochs: 50, status } } })
      return costCell(withRising(data), 'Epochs of different length')
    }
    expect(gain('converged')).toBe(
      'CNN, under the original’s protocol: with augmentation 6.0 points lower than without at equal updates, 10.0 points higher at its end',
    )
    expect(gain('stopped-at-budget')).toContain(
      '6.0 points lower than without at equal updates, 10.0 points higher by epoch 50, stopped at its budget',
    )
  })

  it('says that training on would help the CNN where every run and the mean over the FCNN’s bear it out', () => {
    const helps = (cnn: readonly number[], fcnn: number) =>
      claimHolds(
        {
          ...siteOfRuns({}),
          allRuns: [
            ...audit(0.95, 0.952, 0.955).allRuns,
            ...siteOfRuns({ corrected: { cnn: cnn.map((test) => ({ test })), fcnn: { test: fcnn } } }).allRuns,
          ],
        },
        'longer-training-helps-cnn',
      )
    expect(helps([0.95, 0.949], 0.952)).toBe(true)
    expect(helps([0.95, 0.953], 0.952)).toBe(false)
    expect(helps([0.95, 0.949], 0.94)).toBe(false)
    expect(claimHolds(audit(0.95, 0.952, 0.955), 'longer-training-helps-cnn')).toBeNull()
  })

  it('counts what all choices cost together over the runs of either protocol that there are, those stopped at their budget left out', () => {
    const data = siteOfRuns({
      corrected: { cnn: [{ test: 0.95 }, { test: 0.94 }], fcnn: { test: 0.8 } },
      published: { cnn: [{ test: 0.88 }, { test: 0.5, status: 'stopped-at-budget' }], fcnn: { test: 0.7 } },
    })
    expect(allTogether(data, 'cnn')).toEqual({ value: expect.closeTo(0.065, 9) as number, ours: 2, theirs: 1 })
    expect(allTogether(siteOfRuns({ corrected: { cnn: {} } }), 'cnn')).toBeNull()
    expect(allTogether(siteOfRuns({ published: { cnn: {} } }), 'cnn')).toBeNull()
  })

  it('says "not run yet" of every cost whose runs are missing', () => {
    const empty = siteOfRuns({})
    expect(allTogether(empty, 'cnn')).toBeNull()
    const missing = auditTable(empty, {}).rows.filter(([, cost]) => cost === null)
    expect(missing.map(([choice]) => choice)).toEqual([
      'Rate 0.001',
      'Rate cut after five epochs without a loss 0.0001 lower',
      'Epoch chosen on the test set',
      'Last weights scored',
      'One seed',
      'Epochs of different length',
    ])
  })
})

describe('the rate sweep', () => {
  const slow = { cnn: [{ test: 0.55 }, { test: 0.54 }], fcnn: { test: 0.55 } }
  const fcnnAt = (test: number) => ({ fcnn: { test } })
  const runs = { 'sweep-adadelta-0.001': fcnnAt(0.55), 'sweep-adadelta-1': fcnnAt(0.92) }

  it('counts the runs it has of those planned, and its finding needs both rates of both networks', () => {
    const partial = siteOfRuns({ 'sweep-adadelta-0.001': slow, 'sweep-adadelta-1': { cnn: { test: 0.94 } } })
    expect(rateSweep(partial)).toMatchObject({ done: 4, planned: 96 })
    expect(claimHolds(partial, 'default-rate-too-slow')).toBeNull()
    const both = siteOfRuns({ 'sweep-adadelta-0.001': slow, 'sweep-adadelta-1': { cnn: { test: 0.94 }, fcnn: { test: 0.92 } } })
    expect(claimHolds(both, 'default-rate-too-slow')).toBe(true)
    expect(rateSweepFigure(both, {})!.title).toBe(
      'After 10 epochs of Adadelta at Keras’ default rate the CNN and the FCNN read 54.5\u00a0% and 55.0\u00a0% of the test characters, and 94.0\u00a0% and 92.0\u00a0% at 1.0',
    )
  })

  it('says what it shows of the one network that was run, and that the other was not', () => {
    const fcnnOnly = siteOfRuns(runs)
    const { title, subtitle, alt } = rateSweepFigure(fcnnOnly, {})!
    expect(title).toBe(
      'After 10 epochs of Adadelta at Keras’ default rate the FCNN reads 55.0\u00a0% of the test characters, and 92.0\u00a0% at 1.0',
    )
    expect(subtitle).toMatch(/\. Not run yet: CNN$/)
    expect(alt).toContain('of the FCNN 1. The table')
    expect([claimHolds(fcnnOnly, 'default-rate-too-slow'), claimHolds(fcnnOnly, 'default-rate-too-slow-for-fcnn')]).toEqual([
      null,
      true,
    ])
    const { columns, rows } = sweepTable(fcnnOnly, {})
    expect(columns.map(({ label, group }) => `${group ?? ''} ${label}`)).toEqual([
      ' Optimizer and rate',
      'CNN test',
      'FCNN test',
      'FCNN validation',
      'FCNN seeds',
    ])
    expect(rows.every((row) => row.length === columns.length && row[1] === null)).toBe(true)
  })

  it('says that the rate parts the networks where their seeds mix at one rate and do not at the other, two or more of each', () => {
    const seeds = (...test: number[]) => test.map((one) => ({ test: one }))
    const parts = (slowCnn: number[], slowFcnn: number[], cnn = [0.94, 0.942], fcnn = [0.915, 0.92]) =>
      claimHolds(
        siteOfRuns({
          'sweep-adadelta-0.001': { cnn: seeds(...slowCnn), fcnn: seeds(...slowFcnn) },
          'sweep-adadelta-1': { cnn: seeds(...cnn), fcnn: seeds(...fcnn) },
        }),
        'rate-parts-networks',
      )
    expect(parts([0.519, 0.541], [0.533, 0.535])).toBe(true)
    expect(parts([0.519, 0.532], [0.533, 0.535])).toBe(false)
    expect(parts([0.536, 0.541], [0.533, 0.535])).toBe(false)
    expect(parts([0.519, 0.541], [0.533, 0.535], [0.91, 0.94])).toBe(false)
    expect(parts([0.519], [0.533, 0.535])).toBeNull()
  })

  it('takes rates within a point of the best validation accuracy for about as good', () => {
    const sweep = (at: Record<string, number>) =>
      siteOfRuns(Object.fromEntries(Object.entries(at).map(([rate, test]) => [`sweep-adadelta-${rate}`, fcnnAt(test)])))
    const wide = sweep({ '0.1': 0.9, '0.5': 0.925, '1': 0.93, '3': 0.932 })
    expect(nearBestRates(rateSweep(wide), 'fcnn', 'adadelta')).toEqual([0.5, 1, 3])
    const whole = (at: Record<string, number>) =>
      claimHolds(sweep({ ...Object.fromEntries(adadeltaRates.map((rate) => [rate, 0.5])), ...at }), 'rate-of-paper-near-best')
    expect(whole({ '0.5': 0.925, '1': 0.93, '3': 0.932 })).toBe(true)
    expect(whole({ '0.5': 0.92, '1': 0.9, '3': 0.92 })).toBe(false)
    // The best of those that were run so far is not the best of all.
    expect(claimHolds(wide, 'rate-of-paper-near-best')).toBeNull()
  })
})

test('differences carry a sign unless they round to nothing', () => {
  expect([signed(0.0123, 'score'), signed(-0.0123, 'score'), signed(-0.0002, 'score')]).toEqual(['+.012', '−.012', '0'])
})
