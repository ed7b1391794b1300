import { expect, test } from 'vitest'
import { nearestNeighbours, voteByDistance } from '../../experiments/statistics/nearest-neighbours.ts'

test('where neighbours are at distance 0, only they vote', () => {
  const labels = Uint8Array.from([4, 7, 7, 7])
  const neighbours = [0, 0.1, 0.1, 0.1].map((squaredDistance, index) => ({ index, squaredDistance }))
  expect(voteByDistance(neighbours, labels)).toBe(4)
  expect(voteByDistance(neighbours.slice(1), labels)).toBe(7)
})

test('a vote weighs the inverse of its distance, not of its square', () => {
  const labels = Uint8Array.from([4, 7, 7])
  const at = (...distances: number[]) => distances.map((distance, index) => ({ index, squaredDistance: distance ** 2 }))
  // 1 against 2 / 1.9, then against 2 / 2.1.
  expect([voteByDistance(at(1, 1.9, 1.9), labels), voteByDistance(at(1, 2.1, 2.1), labels)]).toEqual([7, 4])
})

test('finds the nearest across chunks, the earlier of equals first, by exact distances', () => {
  const points = Uint8Array.from([10, 0, 0, 10, 250, 250, 12, 0, 10, 0])
  const products = (references: Uint8Array) => ({
    of: (queries: Uint8Array) =>
      Float32Array.from({ length: (queries.length * references.length) / 4 }, (_, at) => {
        const [q, r] = [Math.floor(at / (references.length / 2)), at % (references.length / 2)]
        return queries[q * 2]! * references[r * 2]! + queries[q * 2 + 1]! * references[r * 2 + 1]!
      }),
    dispose: () => {},
  })
  const found = nearestNeighbours(Uint8Array.from([10, 1, 255, 255]), { points, chunk: 2, products }, 2, 2)
  expect(found).toEqual([
    [
      { index: 0, squaredDistance: 1 },
      { index: 4, squaredDistance: 1 },
    ],
    [
      { index: 2, squaredDistance: 50 },
      { index: 3, squaredDistance: 243 ** 2 + 255 ** 2 },
    ],
  ])
})
