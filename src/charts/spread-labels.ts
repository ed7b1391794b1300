/**
 * Moves labels along one axis until none overlap, each as little as can be: the order of the wanted places is kept and the sum of
 * squared moves is least (isotonic regression by pooling adjacent violators), then the row is pushed inside `range`.
 * @param wanted centres the labels would like to have
 * @param sizes extent of each label along the axis
 * @returns the centres they get, in the order given
 * @throws RangeError where the labels don't fit into the range together
 */
export function spreadLabels(wanted: readonly number[], sizes: readonly number[], range: readonly [number, number]): number[] {
  const total = sizes.reduce((a, b) => a + b, 0)
  const [low, high] = range
  if (total > high - low + 1e-9)
    throw new RangeError(`${wanted.length} labels need ${total} pixels, but only ${high - low} are there: enlarge the chart`)
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  // With the room taken by earlier labels subtracted, "no overlap" becomes "never decreasing".
  const offsets: number[] = []
  let taken = 0
  for (const i of order) {
    offsets.push(taken + sizes[i]! / 2)
    taken += sizes[i]!
  }
  const pools: { sum: number; count: number }[] = []
  order.forEach((i, place) => {
    let pool = { sum: wanted[i]! - offsets[place]!, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
    }
    pools.push(pool)
  })
  const placed = new Array<number>(wanted.length)
  let place = 0
  for (const { sum, count } of pools) {
    const start = Math.min(Math.max(sum / count, low), high - total)
    for (let n = 0; n < count; n++, place++) placed[order[place]!] = start + offsets[place]!
  }
  return placed
}
