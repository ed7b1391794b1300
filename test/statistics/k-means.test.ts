import { expect, test } from 'vitest'
import { lloyd } from '../../experiments/statistics/k-means.ts'
import { copyPicture, madeUpPictures } from '../analyses/made-up-pictures.ts'
import reference from '../reference/data-set.json' with { type: 'json' }

const train = madeUpPictures(0, 60)
copyPicture(train, 7, train, 17)
copyPicture(train, 3, train, 28)

test('k-means settles where scikit-learn’s does from the same centres', () => {
  const { starts, dimensions, labels, inertia, centres } = reference.clustering
  const points = Float32Array.from({ length: 60 * dimensions }, (_, at) => {
    const [image, d] = [Math.floor(at / dimensions), at % dimensions]
    return train.images[image * 784 + d]!
  })
  const start = starts.map((i) => Float64Array.from(points.subarray(i * dimensions, (i + 1) * dimensions)))
  const found = lloyd(points, start)
  expect([...found.assignment]).toEqual(labels)
  expect(found.inertia).toBeCloseTo(inertia, 3)
  found.centres.forEach((centre, c) => centre.forEach((value, d) => expect(value).toBeCloseTo(centres[c]![d]!, 5)))
})
