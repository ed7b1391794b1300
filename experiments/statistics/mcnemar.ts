/** How two classifiers differ on the same images. */
export interface McNemar {
  /** Images that only A classifies right. */
  onlyA: number
  /** Images that only B classifies right. */
  onlyB: number
  /** A's accuracy minus B's. */
  difference: number
  standardError: number
  /** Mid-p value, two-sided. */
  p: number
}

/** Probability of `k` heads in `n` throws of a fair coin; 0 where it is below 1e-308. */
function fairCoin(k: number, n: number): number {
  let log = -n * Math.LN2
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i)
  return Math.exp(log)
}

/** Mid-p of the discordant counts: twice the tail, the observed count itself at half weight. */
function midP(b: number, c: number): number {
  const n = b + c
  // Nothing to tell the two apart by; the formula for b = c would say ½.
  if (n === 0) return 1
  if (b === c) return 1 - fairCoin(b, n) / 2
  const k = Math.min(b, c)
  const observed = fairCoin(k, n)
  // The tail below k: each term from the one above it.
  let below = 0
  for (let i = k, term = observed; i > 0; i--) below += term *= i / (n - i + 1)
  return Math.min(1, observed + 2 * below)
}

/**
 * McNemar's test, mid-p (Fagerland, Lydersen & Laake 2013), of two trained classifiers on the same test images: whether *these two*
 * differ, not whether their recipes do. Results of several seeds must not be pooled: they share their images.
 * @param labels true classes
 * @param a classes predicted by A, for the same images
 * @param b classes predicted by B
 */
export function mcnemar(labels: Uint8Array, a: Uint8Array, b: Uint8Array): McNemar {
  const images = labels.length
  if (images === 0 || a.length !== images || b.length !== images)
    throw new RangeError(
      `the two must have classified the same images: ${images} labels, ${a.length} and ${b.length} predictions`,
    )
  let onlyA = 0
  let onlyB = 0
  labels.forEach((label, i) => {
    if (a[i] === label && b[i] !== label) onlyA++
    if (a[i] !== label && b[i] === label) onlyB++
  })
  const standardError = Math.sqrt(onlyA + onlyB - (onlyA - onlyB) ** 2 / images) / images
  return { onlyA, onlyB, difference: (onlyA - onlyB) / images, standardError, p: midP(onlyA, onlyB) }
}
