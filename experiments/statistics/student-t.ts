/**
 * P(|T| ≤ t) for Student's t with a whole number of degrees of freedom: finite sums, Abramowitz & Stegun 26.7.3 and 26.7.4.
 */
function centralProbability(t: number, df: number): number {
  const angle = Math.atan2(t, Math.sqrt(df))
  const cosine2 = Math.cos(angle) ** 2
  const odd = df % 2 === 1
  let term = odd ? Math.cos(angle) : 1
  let sum = df === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) sum += term *= (cosine2 * (k - 1)) / k
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}

/**
 * The t between whose negative and itself lies `probability` of Student's t distribution (2.262 for 0.95 and 9 degrees of freedom).
 * @param df degrees of freedom, a whole number from 1
 */
export function studentT(probability: number, df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError(`degrees of freedom are a whole number from 1, not ${df}`)
  let low = 0
  let high = 1
  while (centralProbability(high, df) < probability) high *= 2
  // Bisection to the last bit: 60 steps of a few dozen operations.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (centralProbability(middle, df) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
