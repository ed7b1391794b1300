import { expect, test } from 'vitest'
import { componentCount, dataSetKind, measureDataSet } from '../../experiments/analyses/data-set.ts'
import type { Forward } from '../../experiments/analyses/forward.ts'
import { clusterShapes, shapesKind } from '../../experiments/analyses/shapes.ts'
import reference from '../reference/data-set.json' with { type: 'json' }
import { madeUpPictures } from './made-up-pictures.ts'
import { noisyTest as held, noisyTrain as train } from './noisy-pictures.ts'
import { expectPinned } from './pinned.ts'

/** One dense layer in plain arithmetic, pixels scaled to 0…1 as engines do. */
const forward: Forward = (_layers, [kernel, bias]) => ({
  outputs: (images) => {
    const units = bias!.length
    return Float32Array.from({ length: (images.length / 784) * units }, (_, at) => {
      const [image, unit] = [Math.floor(at / units), at % units]
      let sum = bias![unit]!
      for (let p = 0; p < 784; p++) sum += (images[image * 784 + p]! / 255) * kernel![p * units + unit]!
      return sum
    })
  },
  dispose: () => {},
})

const indices = Array.from(train.labels.keys())
const facts = measureDataSet(
  { train, test: held },
  {
    seed: 1,
    validation: Uint32Array.from(indices.filter((i) => i % 3 === 0)),
    training: Uint32Array.from(indices.filter((i) => i % 3)),
  },
  forward,
  // The linear baseline takes every image for one of class 3.
  (images) => Float32Array.from({ length: (images.length / 784) * 10 }, (_, k) => Number(k % 10 === 3)),
  8,
)
const baseline = (name: string) => facts.baselines.find((one) => one.name === name)!

test('four nearest neighbours vote as scikit-learn’s do, with and without the validation images', () => {
  expect(baseline('neighbours').testConfusion).toEqual(reference.neighbours.test)
  expect(baseline('neighbours').validation).toBeCloseTo(reference.neighbours.validation, 12)
  expect(facts.neighboursOfAll).toBeCloseTo(reference.neighbours.ofAll, 12)
})

test('in principal components they vote as in scikit-learn’s, with and without the validation images', () => {
  expect(baseline('components').testConfusion).toEqual(reference.components.test)
  expect(baseline('components').validation).toBeCloseTo(reference.components.validation, 12)
  expect(facts.componentsOfAll).toBeCloseTo(reference.components.ofAll, 12)
})

test('the nearest class average decides as scikit-learn’s NearestCentroid', () => {
  expect(baseline('centroid').testConfusion).toEqual(reference.centroid.test)
  expect(baseline('centroid').validation).toBeCloseTo(reference.centroid.validation, 12)
})

test('the linear baseline is scored by the logits that it gives', () => {
  expect(baseline('linear').testConfusion).toEqual(Array.from({ length: 10 }, () => [0, 0, 0, 4, 0, 0, 0, 0, 0, 0]))
})

test('the majority’s class is one for all images, and right for a tenth of them', () => {
  const { validation, test: accuracy, testConfusion } = baseline('majority')
  expect([validation, accuracy]).toEqual([0.1, 0.1])
  expect(testConfusion).toEqual(Array.from({ length: 10 }, () => [4, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
})

test.each(['validation', 'test'] as const)(
  'distances from %s images to the nearest training image are NumPy’s, identical and near ones counted',
  (set) => {
    const { quantiles, images, ...counts } = facts.nearest[set]
    const { quantiles: wanted, ...wantedCounts } = reference.nearest[set]
    expect(images).toBe(set === 'test' ? 40 : 20)
    expect(quantiles).toHaveLength(wanted.length)
    quantiles.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 9))
    expect(counts).toEqual(wantedCounts)
  },
)

test('finds every training image that is there twice, and those with two labels', () => {
  expect(facts.repeated).toEqual({ images: 4, ofOtherClass: 2 })
})

test('shapes share a class’ images out and name images of that class, the largest cluster first', () => {
  const shapes = clusterShapes(train)
  expect(shapes).toHaveLength(10)
  shapes.forEach((clusters, label) => {
    expect(clusters.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(clusters.every(({ images }) => images.length > 0)).toBe(true)
    expect(clusters.flatMap(({ images }) => images.map((i) => train.labels[i]!)).every((found) => found === label)).toBe(true)
    expect(clusters.map(({ share }) => share)).toEqual(clusters.map(({ share }) => share).toSorted((a, b) => b - a))
  })
  expect(clusterShapes(train)).toEqual(shapes)
})

test('gives the numbers of their versions', () => {
  // Another number of components gives other numbers, which these pictures are too few to show.
  expect(componentCount).toBe(60)
  expectPinned(dataSetKind, facts, { 3: 'cdee0e957a79' })
  expectPinned(shapesKind, clusterShapes(madeUpPictures(0, 200)), { 1: 'c8ff8d0a34d8' })
})
