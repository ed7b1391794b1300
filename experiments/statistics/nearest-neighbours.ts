import { classCount } from '../models/layers.ts'

export interface Neighbour {
  /** Its place among the references. */
  index: number
  squaredDistance: number
}

/** Exact for bytes: a sum of 784 squares of at most 255 is a whole number that a double holds. */
function squaredDistance(a: Uint8Array, atA: number, b: Uint8Array, atB: number, dimensions: number): number {
  let sum = 0
  for (let d = 0; d < dimensions; d++) sum += (a[atA + d]! - b[atB + d]!) ** 2
  return sum
}

const squaredNorms = (points: Uint8Array, dimensions: number) =>
  Float64Array.from({ length: points.length / dimensions }, (_, i) => {
    let sum = 0
    for (let d = 0; d < dimensions; d++) sum += points[i * dimensions + d]! ** 2
    return sum
  })

export interface References {
  points: Uint8Array
  /** At most so many at a time. */
  chunk: number
  /** Inner products of queries with a chunk of references, `[queries, references]`, in float32: a matrix product, for an engine. */
  products: (references: Uint8Array) => { of: (queries: Uint8Array) => Float32Array; dispose: () => void }
}

/**
 * The `count` nearest references of each query by Euclidean distance, nearest first, on ties the earlier. Candidates are found by
 * |a − b|² = |a|² + |b|² − 2ab in float32, twice as many as asked for, and ordered by exact distances.
 */
export function nearestNeighbours(queries: Uint8Array, references: References, dimensions: number, count: number): Neighbour[][] {
  const queryCount = queries.length / dimensions
  const kept = count * 2
  const norms = squaredNorms(references.points, dimensions)
  const indices = new Uint32Array(queryCount * kept)
  const scores = new Float64Array(queryCount * kept).fill(Infinity)
  const referenceCount = norms.length
  for (let from = 0; from < referenceCount; from += references.chunk) {
    const to = Math.min(from + references.chunk, referenceCount)
    const product = references.products(references.points.subarray(from * dimensions, to * dimensions))
    const batch = 500
    for (let first = 0; first < queryCount; first += batch) {
      const last = Math.min(first + batch, queryCount)
      const values = product.of(queries.subarray(first * dimensions, last * dimensions))
      for (let q = first; q < last; q++)
        keepNearest(q, (r) => norms[r]! - 2 * values[(q - first) * (to - from) + r - from]!, from, to)
    }
    product.dispose()
  }

  /** Inserts references `from` … `to` into a query's candidates, which are in order. */
  function keepNearest(query: number, score: (reference: number) => number, from: number, to: number) {
    const end = (query + 1) * kept - 1
    for (let r = from; r < to; r++) {
      const value = score(r)
      if (value >= scores[end]!) continue
      let at = end
      for (; at > query * kept && scores[at - 1]! > value; at--) {
        scores[at] = scores[at - 1]!
        indices[at] = indices[at - 1]!
      }
      scores[at] = value
      indices[at] = r
    }
  }

  return Array.from({ length: queryCount }, (_, q) =>
    Array.from(indices.subarray(q * kept, q * kept + Math.min(kept, referenceCount)), (index) => ({
      index,
      squaredDistance: squaredDistance(queries, q * dimensions, references.points, index * dimensions, dimensions),
    }))
      .sort((a, b) => a.squaredDistance - b.squaredDistance || a.index - b.index)
      .slice(0, count),
  )
}

/**
 * The class that neighbours vote for, each with the weight 1 / distance (scikit-learn's `weights="distance"`: where any is at distance 0,
 * only those vote); the lowest class on ties.
 */
export function voteByDistance(neighbours: readonly Neighbour[], labels: Uint8Array): number {
  const votes = new Float64Array(classCount)
  const same = neighbours.some((one) => one.squaredDistance === 0)
  for (const one of neighbours) {
    const weight = same ? Number(one.squaredDistance === 0) : 1 / Math.sqrt(one.squaredDistance)
    votes[labels[one.index]!]! += weight
  }
  return votes.indexOf(Math.max(...votes))
}
