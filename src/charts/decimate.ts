/**
 * Thins a series for drawing: the horizontal extent is cut into `buckets`, and of each bucket the first, lowest, highest and last
 * points are kept (Jugel et al. 2014, "M4"), so that the drawn line looks the same while its path stays short.
 * @param points in ascending order of `x`
 */
export function decimate<P extends { x: number; y: number }>(points: readonly P[], buckets: number): P[] {
  if (points.length <= buckets * 2) return [...points]
  const [low, high] = [points[0]!.x, points.at(-1)!.x]
  const kept: P[] = []
  let bucket: P[] = []
  let current = 0
  const flush = () => {
    if (!bucket.length) return
    const by = (better: (a: P, b: P) => boolean) => bucket.reduce((a, b) => (better(b, a) ? b : a))
    const four = new Set([bucket[0]!, by((a, b) => a.y < b.y), by((a, b) => a.y > b.y), bucket.at(-1)!])
    kept.push(...bucket.filter((point) => four.has(point)))
    bucket = []
  }
  for (const point of points) {
    const index = Math.min(buckets - 1, Math.floor(((point.x - low) / (high - low)) * buckets))
    if (index !== current) flush()
    current = index
    bucket.push(point)
  }
  flush()
  return kept
}
