import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Places points in the space of their principal components: `[n, dimensions]` bytes to `[n, count]`, along the greatest variance first. */
export type Projection = (points: Uint8Array) => Float64Array

/**
 * The directions along which points vary most, orthogonal to each other (Pearson 1901): eigenvectors of the covariance matrix. Their
 * signs are arbitrary, which distances don't see.
 * @param points `[n, dimensions]`
 * @param count how many directions; at most as many as there are dimensions
 */
export function principalComponents(points: Uint8Array, dimensions: number, count: number): Projection {
  const n = points.length / dimensions
  const means = new Float64Array(dimensions)
  /** Of products of any two coordinates, the later one first; whole numbers, exact. */
  const sums = Array.from({ length: dimensions }, (_, i) => new Float64Array(i + 1))
  for (let at = 0; at < points.length; at += dimensions)
    for (let i = 0; i < dimensions; i++) {
      const value = points[at + i]!
      // Most of a picture is paper.
      if (value === 0) continue
      means[i]! += value / n
      const row = sums[i]!
      for (let j = 0; j <= i; j++) row[j]! += value * points[at + j]!
    }
  const covariance = Matrix.zeros(dimensions, dimensions)
  sums.forEach((row, i) =>
    row.forEach((sum, j) => {
      const value = sum / n - means[i]! * means[j]!
      covariance.set(i, j, value)
      covariance.set(j, i, value)
    }),
  )
  const { eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true })
  // The eigenvalues come in ascending order.
  const components = Array.from({ length: count }, (_, k) => Float64Array.from(eigenvectorMatrix.getColumn(dimensions - 1 - k)))

  return (others) => {
    const placed = new Float64Array((others.length / dimensions) * count)
    const centred = new Float64Array(dimensions)
    for (let i = 0; i < placed.length / count; i++) {
      for (let d = 0; d < dimensions; d++) centred[d] = others[i * dimensions + d]! - means[d]!
      components.forEach((component, k) => {
        let sum = 0
        for (let d = 0; d < dimensions; d++) sum += centred[d]! * component[d]!
        placed[i * count + k] = sum
      })
    }
    return placed
  }
}
