import { describe, expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { claimHolds, type ClaimName } from '../../src/data/claims/claims.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { siteOfRuns } from './made-up-runs.ts'

type Accuracies = readonly number[]
const level = (accuracy: number, others: Record<number, number> = {}): Accuracies =>
  Array.from({ length: 10 }, (_, c) => others[c] ?? accuracy)

/** A matrix whose mistakes are spread evenly over the other classes, but for those of the third: most are read as the fourth. */
function confusionOf(accuracies: Accuracies, jitter: number): number[][] {
  return accuracies.map((accuracy, c) => {
    const right = Math.round(accuracy * 990) + jitter
    const row = accuracies.map((_, k) => (k === c ? right : (1000 - right) / 9))
    if (c !== 2) return row
    const moved = row[3]! * 0.9
    return row.map((count, k) => (k === 3 ? count + 7 * moved : k === 2 || k === 0 ? count : count - moved))
  })
}

/** Networks with these accuracies by class, a few images more or fewer by seed. */
function site(of: Record<string, Accuracies>, seeds = 3): SiteData {
  const data = siteOfRuns({
    corrected: Object.fromEntries(Object.keys(of).map((name) => [name, new Array<object>(seeds).fill({})])),
  })
  const change = (run: SiteData['allRuns'][number]) => {
    const test = { ...run.evaluation.test, confusion: confusionOf(of[run.experiment]!, run.seed) }
    return { ...run, evaluation: { ...run.evaluation, test } }
  }
  return {
    ...data,
    allRuns: data.allRuns.map(change),
    experiments: data.experiments.map((one) => ({ ...one, runs: one.runs.map(change) })),
  }
}
const says = (claim: ClaimName, of: Record<string, Accuracies>, seeds?: number) => claimHolds(site(of, seeds), claim)

describe('class by class', () => {
  it('the CNN is ahead in every class where each F1 is surely higher', () => {
    const fcnn = level(0.8)
    const ahead = (cnn: Accuracies, seeds?: number) => says('cnn-ahead-in-every-class', { cnn, fcnn }, seeds)
    expect([ahead(level(0.9)), ahead(level(0.9, { 7: 0.7 })), ahead(level(0.8))]).toEqual([true, false, false])
    // One pair says nothing of chance.
    expect(ahead(level(0.9), 1)).toBe(false)
    expect(says('cnn-ahead-in-every-class', { cnn: fcnn })).toBeNull()
  })

  it('every class is read better than published where each network’s F1 is higher in each', () => {
    const ours = (others: Record<string, Accuracies> = {}) =>
      Object.fromEntries(experiments.map(({ name }) => [name, others[name] ?? level(1)]))
    const above = (others?: Record<string, Accuracies>) => says('every-class-above-published', ours(others))
    expect([above(), above({ fcnn: level(1, { 4: 0.7 }) })]).toEqual([true, false])
    expect(says('every-class-above-published', { cnn: level(1) })).toBeNull()
  })

  const plain = { cnn: level(0.8), fcnn: level(0.8) }
  const augmented = (cnn: Accuracies, fcnn: Accuracies) => ({ ...plain, 'cnn-augmented': cnn, 'fcnn-augmented': fcnn })
  /** Better in all but the first so many classes, which are so much worse that no other makes up for it. */
  const butFor = (classes: number) => Array.from({ length: 10 }, (_, c) => (c < classes ? 0.6 : 0.9))

  it('augmentation helps most classes where both networks gain surely in seven', () => {
    const most = (cnn: number, fcnn: number) => says('augmentation-helps-most-classes', augmented(butFor(cnn), butFor(fcnn)))
    expect([most(0, 3), most(3, 0), most(4, 0), most(0, 4)]).toEqual([true, true, false, false])
    expect(says('augmentation-helps-most-classes', plain)).toBeNull()
  })

  it('it does not help the class that the commonest mistake is read as, where neither network gains surely in it', () => {
    const without = level(0.9, { 3: 0.6 })
    const spared = (cnn: Accuracies, fcnn: Accuracies) => says('augmentation-not-where-read-into', augmented(cnn, fcnn))
    expect([spared(without, without), spared(level(0.9), without), spared(without, level(0.9))]).toEqual([true, false, false])
    expect(says('augmentation-not-where-read-into', plain)).toBeNull()
  })
})
