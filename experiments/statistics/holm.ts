/**
 * Holm's step-down correction (1979): adjusted p values, in the order given. Those at most α are significant with a chance of at most
 * α of even one false alarm among them all, however they depend on each other.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!)
  const adjusted = new Array<number>(pValues.length)
  let highest = 0
  order.forEach((i, rank) => {
    highest = Math.max(highest, Math.min(1, pValues[i]! * (pValues.length - rank)))
    adjusted[i] = highest
  })
  return adjusted
}
