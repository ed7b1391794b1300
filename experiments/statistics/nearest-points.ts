import type { Neighbour } from './nearest-neighbours.ts'

/**
 * The `count` nearest references of each query by Euclidean distance, nearest first, on ties the earlier. For few dimensions, the most
 * telling first: a reference is given up as soon as those looked at put it too far away.
 * @param queries `[n, dimensions]`
 * @param references `[m, dimensions]`, at least `count` of them
 */
export function nearestPoints(queries: Float64Array, references: Float64Array, dimensions: number, count: number): Neighbour[][] {
  const nearestOf = (query: number) => {
    const found: Neighbour[] = []
    let furthest = Infinity
    for (let index = 0, at = 0; at < references.length; index++, at += dimensions) {
      let squaredDistance = 0
      for (let d = 0; d < dimensions && squaredDistance < furthest; d++)
        squaredDistance += (queries[query + d]! - references[at + d]!) ** 2
      if (squaredDistance >= furthest) continue
      const place = found.findIndex((one) => one.squaredDistance > squaredDistance)
      found.splice(place < 0 ? found.length : place, 0, { index, squaredDistance })
      if (found.length > count) found.pop()
      if (found.length === count) furthest = found.at(-1)!.squaredDistance
    }
    return found
  }
  return Array.from({ length: queries.length / dimensions }, (_, q) => nearestOf(q * dimensions))
}
