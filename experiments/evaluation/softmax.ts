/**
 * Probabilities of one image's classes, in double precision and without overflow (the highest logit is subtracted first).
 * @param logits `[10]`
 * @param temperature divides the logits first (Guo et al. 2017); 1 leaves them as they are
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const highest = Math.max(...Array.from(logits))
  const powers = Array.from(logits, (logit) => Math.exp((logit - highest) / temperature))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}
