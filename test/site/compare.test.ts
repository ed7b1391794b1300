import { expect, test } from 'vitest'
import { testPairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { claimHolds, claims, type ClaimName } from '../../src/data/claims/claims.ts'
import { compare } from '../../src/data/compare.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { experimentData } from '../../src/data/site-data.ts'
import { siteOfRuns } from './made-up-runs.ts'
import { madeUpSite } from './made-up-site.ts'

/** The labels that the made-up test images were scored with. */
function withLabels(data: SiteData): SiteData {
  const { dataset } = experimentData(data, 'cnn').runs[0]!
  const labels = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10)
  const none = { images: new Uint8Array(0), labels: new Uint8Array(0) }
  return { ...data, dataset: { id: dataset, dataset: { train: none, test: { ...none, labels } } } }
}

test('compares a pair of runs by McNemar’s test where the test labels are at hand', () => {
  const data = withLabels(madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false }))
  const found = compare(data, 'cnn', 'fcnn')!
  const accuracy = (name: string) => experimentData(data, name).runs[0]!.evaluation.test.accuracy
  expect(found.method).toBe('mcnemar')
  expect(found.difference).toBeCloseTo(accuracy('cnn') - accuracy('fcnn'), 12)
  expect(found.distinguishable).toBe(true)
})

test('takes the stored test of the pair where the labels are missing, either way round', () => {
  const data = withLabels(madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false }))
  const records = ['cnn', 'fcnn'].map((name) => experimentData(data, name).runs[0]!)
  const tests = testPairedRuns(records, data.predictions, data.dataset!.dataset.test.labels)
  const without = { ...data, pairTests: new Map([['corrected', tests]]), dataset: undefined }
  for (const [a, b] of [
    ['cnn', 'fcnn'],
    ['fcnn', 'cnn'],
  ] as const)
    expect(compare(without, a, b)).toEqual(compare(data, a, b))
})

test('bounds the interval from outside where the labels are missing', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false })
  const [exact, bound] = [compare(withLabels(data), 'cnn', 'fcnn')!, compare(data, 'cnn', 'fcnn')!]
  expect(bound.method).toBe('bound')
  expect(bound.difference).toBeCloseTo(exact.difference, 12)
  expect(bound.interval.low).toBeLessThanOrEqual(exact.interval.low)
  expect(bound.interval.high).toBeGreaterThanOrEqual(exact.interval.high)
})

test('turns round with its arguments', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false })
  const [there, back] = [compare(data, 'cnn', 'fcnn')!, compare(data, 'fcnn', 'cnn')!]
  expect(back.difference).toBeCloseTo(-there.difference, 12)
  expect(back.interval.low).toBeCloseTo(-there.interval.high, 12)
})

test('pairs runs by seed where there are several', () => {
  const data = madeUpSite(
    { experiments: ['cnn'], seeds: [1, 2, 3], weights: false },
    { experiments: ['fcnn'], seeds: [2, 3, 4], weights: false },
  )
  const found = compare(data, 'cnn', 'fcnn')!
  expect(found.method).toBe('paired-seeds')
  expect(found.runs.map(({ seed }) => seed)).toEqual([2, 2, 3, 3])
})

test('says nothing of experiments that were not run', () => {
  expect(compare(madeUpSite({ experiments: ['cnn'], weights: false }), 'cnn', 'fcnn')).toBeNull()
})

test('leaves every claim about runs open while there are none', () => {
  const data = madeUpSite()
  // What the original printed is known without any.
  const others = Object.keys(claims).filter((name) => name !== 'data-set-at-hand' && !name.startsWith('printed-')) as ClaimName[]
  expect(others.map((name) => [name, claimHolds(data, name)])).toEqual(others.map((name) => [name, null]))
})

test('never lets a claim and its opposite hold', () => {
  const data = madeUpSite({ weights: false })
  expect([claimHolds(data, 'cnn-beats-fcnn'), claimHolds(data, 'fcnn-beats-cnn')]).toEqual([true, false])
  expect(claimHolds(data, 'augmentation-helps-both')).toBe(true)
})

test('says that one network loses less on the way to test images only where seeds agree on it', () => {
  const runs = (tests: number[]) => tests.map((test) => ({ train: 0.99, test }))
  const site = (pooled: number[], unpooled: number[]) => siteOfRuns({ corrected: { cnn: runs(pooled), fcnn: runs(unpooled) } })
  expect(claimHolds(site([0.95, 0.951, 0.952], [0.94, 0.941, 0.943]), 'cnn-gap-narrower')).toBe(true)
  expect(claimHolds(site([0.95, 0.951, 0.952], [0.94, 0.97, 0.93]), 'cnn-gap-narrower')).toBe(false)
  expect(claimHolds(site([0.95], []), 'cnn-gap-narrower')).toBeNull()
})

test('says that a network overfits more by its losses, not by its accuracies', () => {
  const runs = (losses: number[]) => losses.map((heldLoss, i) => ({ heldLoss, test: 0.9 + i / 100 }))
  const holds = (unpooled: number[]) =>
    claimHolds(
      siteOfRuns({ corrected: { cnn: runs([0.2, 0.21, 0.19]), 'cnn-no-pooling': runs(unpooled) } }),
      'no-pooling-gap-wider',
    )
  expect([holds([0.25, 0.27, 0.25]), holds([0.25, 0.15, 0.2]), holds([])]).toEqual([true, false, null])
})

test('says that a network takes fewer epochs only where seeds agree on it', () => {
  const site = (pooled: number[], unpooled: number[]) =>
    siteOfRuns({
      corrected: { cnn: pooled.map((epochs) => ({ epochs })), 'cnn-no-pooling': unpooled.map((epochs) => ({ epochs })) },
    })
  expect(claimHolds(site([40, 42, 41], [20, 21, 22]), 'no-pooling-fewer-epochs')).toBe(true)
  expect(claimHolds(site([50, 34, 33], [17, 38, 37]), 'no-pooling-fewer-epochs')).toBe(false)
})
