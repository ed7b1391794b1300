import { expect, test } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { kMeans, lloyd } from '../../experiments/statistics/k-means.ts'
import { copyPicture, madeUpPictures } from '../analyses/made-up-pictures.ts'
import reference from '../reference/data-set.json' with { type: 'json' }

const train = madeUpPictures(0, 60)
copyPicture(train, 7, train, 17)
copyPicture(train, 3, train, 28)

const { starts, dimensions, labels, inertia, centres } = reference.clustering
const points = Float32Array.from({ length: 60 * dimensions }, (_, at) => {
  const [image, d] = [Math.floor(at / dimensions), at % dimensions]
  return train.images[image * 784 + d]!
})

test('k-means settles where scikit-learn’s does from the same centres', () => {
  const start = starts.map((i) => Float64Array.from(points.subarray(i * dimensions, (i + 1) * dimensions)))
  const found = lloyd(points, start)
  expect([...found.assignment]).toEqual(labels)
  expect(found.inertia).toBeCloseTo(inertia, 3)
  expect(found.centres.map((centre) => centre.length)).toEqual(centres.map((centre) => centre.length))
  found.centres.forEach((centre, c) => centre.forEach((value, d) => expect(value).toBeCloseTo(centres[c]![d]!, 5)))
})

test('keeps the best of several starts', () => {
  const random = createRandom(1, 'resampling')
  const inertias = Array.from({ length: 5 }, () => kMeans(points, dimensions, 4, random, 1).inertia)
  const least = Math.min(...inertias)
  // Neither the first nor the last, and no two the same.
  expect(inertias.indexOf(least)).toBe(1)
  expect(new Set(inertias).size).toBe(5)
  expect(kMeans(points, dimensions, 4, createRandom(1, 'resampling'), 5).inertia).toBe(least)
})
