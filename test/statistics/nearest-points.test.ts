import { expect, test } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { nearestPoints } from '../../experiments/statistics/nearest-points.ts'

test('finds the nearest, in order, on ties the earlier', () => {
  const references = Float64Array.from([0, 0, 3, 4, 0, 1, 1, 0, 6, 8])
  expect(nearestPoints(Float64Array.from([0, 0, 3, 3]), references, 2, 3)).toEqual([
    [
      { index: 0, squaredDistance: 0 },
      { index: 2, squaredDistance: 1 },
      { index: 3, squaredDistance: 1 },
    ],
    [
      { index: 1, squaredDistance: 1 },
      { index: 2, squaredDistance: 13 },
      { index: 3, squaredDistance: 13 },
    ],
  ])
})

test('gives up no reference that is among the nearest', () => {
  const random = createRandom(1, 'drawing')
  const [dimensions, count] = [5, 4]
  const points = (n: number) => Float64Array.from({ length: n * dimensions }, () => random.uniform() - 0.5)
  const [queries, references] = [points(20), points(200)]
  const found = nearestPoints(queries, references, dimensions, count)
  found.forEach((neighbours, q) => {
    const distances = Array.from({ length: 200 }, (_, r) =>
      Array.from({ length: dimensions }, (__, d) => (queries[q * dimensions + d]! - references[r * dimensions + d]!) ** 2).reduce(
        (a, b) => a + b,
      ),
    )
    const wanted = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, count)
    expect(neighbours.map(({ index }) => index)).toEqual(wanted)
  })
})
