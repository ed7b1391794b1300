/**
 * A long array in four numbers that any change to it moves: sum, norm, and two sums under weights that differ from entry to entry (so
 * that an exchange of entries shows).
 */
export function digest(values: ArrayLike<number>): number[] {
  let sum = 0
  let squares = 0
  let byPlace = 0
  let alternating = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    sum += value
    squares += value * value
    byPlace += value * (((i * 7919) % 1009) / 1009)
    alternating += value * (((i * 104729) % 997) / 498 - 1)
  }
  return [sum, Math.sqrt(squares), byPlace, alternating]
}
