import type { Random } from '../random.ts'

export interface Clustering {
  /** `[k][dimensions]` */
  centres: Float64Array[]
  /** Of each point, its centre. */
  assignment: Uint32Array
  /** Of each point, the squared distance to its centre. */
  distances: Float64Array
  /** Sum of the squared distances. */
  inertia: number
}

const squaredDistance = (points: Float32Array, at: number, centre: Float64Array) => {
  let sum = 0
  for (let d = 0; d < centre.length; d++) {
    const difference = points[at + d]! - centre[d]!
    sum += difference * difference
  }
  return sum
}

function assign(points: Float32Array, count: number, centres: Float64Array[]): Clustering {
  const dimensions = centres[0]!.length
  const assignment = new Uint32Array(count)
  const distances = new Float64Array(count).fill(Infinity)
  for (let i = 0; i < count; i++)
    centres.forEach((centre, c) => {
      const distance = squaredDistance(points, i * dimensions, centre)
      if (distance < distances[i]!) {
        distances[i] = distance
        assignment[i] = c
      }
    })
  return { centres, assignment, distances, inertia: distances.reduce((a, b) => a + b, 0) }
}

function meansOf(points: Float32Array, { assignment, centres }: Clustering): Float64Array[] {
  const dimensions = centres[0]!.length
  const sums = centres.map(() => new Float64Array(dimensions))
  const counts = centres.map(() => 0)
  assignment.forEach((c, i) => {
    counts[c]!++
    for (let d = 0; d < dimensions; d++) sums[c]![d]! += points[i * dimensions + d]!
  })
  // A centre that lost all its points stays where it is.
  return sums.map((sum, c) => (counts[c] === 0 ? centres[c]! : sum.map((v) => v / counts[c]!)))
}

/**
 * Lloyd's k-means from given centres, until no point changes its centre, or for `mostSteps`.
 * @param points n × dimensions values, point by point
 */
export function lloyd(points: Float32Array, start: Float64Array[], mostSteps = 50): Clustering {
  const count = points.length / start[0]!.length
  let found = assign(points, count, start)
  for (let step = 0; step < mostSteps; step++) {
    const next = assign(points, count, meansOf(points, found))
    const settled = next.assignment.every((c, i) => c === found.assignment[i])
    found = next
    if (settled) break
  }
  return found
}

/** Initial centres by k-means++ (Arthur & Vassilvitskii 2007): points drawn in proportion to their squared distance to those drawn before. */
function plusPlus(points: Float32Array, dimensions: number, k: number, random: Random): Float64Array[] {
  const count = points.length / dimensions
  const point = (i: number) => Float64Array.from({ length: dimensions }, (_, d) => points[i * dimensions + d]!)
  const centres = [point(Math.floor(random.uniform() * count))]
  const nearest = new Float64Array(count).fill(Infinity)
  while (centres.length < k) {
    for (let i = 0; i < count; i++) nearest[i] = Math.min(nearest[i]!, squaredDistance(points, i * dimensions, centres.at(-1)!))
    let left = random.uniform() * nearest.reduce((a, b) => a + b, 0)
    const drawn = nearest.findIndex((weight) => (left -= weight) < 0)
    centres.push(point(drawn < 0 ? count - 1 : drawn))
  }
  return centres
}

/** k-means with k-means++ initialisation: of several starts the one of least inertia. */
export function kMeans(points: Float32Array, dimensions: number, k: number, random: Random, starts = 2): Clustering {
  const tries = Array.from({ length: starts }, () => lloyd(points, plusPlus(points, dimensions, k, random)))
  return tries.reduce((best, one) => (one.inertia < best.inertia ? one : best))
}
