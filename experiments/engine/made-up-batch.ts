import type { Batch } from './network.ts'

/** A batch of pixels and labels that stand for nothing, for timing a step: how long it takes does not depend on them. */
export const madeUpBatch = (size: number): Batch => ({
  images: Uint8Array.from({ length: size * 784 }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
})
