/**
 * Probabilities of one image's classes, in double precision and without overflow (the highest logit is subtracted first).
 * @param logits of one image, one per class
 * @param temperature divides the logits first (Guo et al. 2017); 1 leaves them as they are
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  let highest = -Infinity
  for (let c = 0; c < logits.length; c++) highest = Math.max(highest, logits[c]!)
  let sum = 0
  const powers = new Array<number>(logits.length)
  for (let c = 0; c < logits.length; c++) sum += powers[c] = Math.exp((logits[c]! - highest) / temperature)
  return powers.map((power) => power / sum)
}

/**
 * −log of the true class's probability, in nats, finite for any finite logits: a probability too small for a double still counts.
 * @param logits of one image, one per class
 */
export function crossEntropy(logits: ArrayLike<number>, label: number, temperature = 1): number {
  let highest = -Infinity
  for (let c = 0; c < logits.length; c++) highest = Math.max(highest, logits[c]!)
  let sum = 0
  for (let c = 0; c < logits.length; c++) sum += Math.exp((logits[c]! - highest) / temperature)
  return Math.log(sum) + (highest - logits[label]!) / temperature
}
