/**
 * The `d` of an SVG path through points, to a tenth of a pixel and from point to point, which takes half the bytes of exact places. A
 * new line begins with each `run`.
 */
export function roughPath(points: readonly { x: number; y: number; run: number }[]): string {
  const tenths = points.map(({ x, y, run }) => ({ x: Math.round(x * 10), y: Math.round(y * 10), run }))
  return tenths
    .map(({ x, y, run }, i) => {
      const before = tenths[i - 1]
      return before?.run === run ? `l${(x - before.x) / 10},${(y - before.y) / 10}` : `M${x / 10},${y / 10}`
    })
    .join('')
}
