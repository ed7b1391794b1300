import { pixels } from '../../experiments/dataset/dataset.ts'
import type { Batch } from '../../experiments/engine/network.ts'

/** Pictures and labels by a formula, different for each step (from 1); test/reference/engines.py has the same. */
export function syntheticBatch(step: number, n: number): Batch & { images: Uint8Array } {
  const images = new Uint8Array(n * pixels)
  for (let image = 0, at = 0; image < n; image++)
    for (let row = 0; row < 28; row++)
      for (let col = 0; col < 28; col++)
        images[at++] = (image * 37 + row * 7 * col + col * 13 + row * 29 * step + step * 101) % 256
  return { images, labels: Uint8Array.from({ length: n }, (_, i) => (i * 3 + step) % 10) }
}
