import { z } from 'zod'

/** One primitive of oneDNN in a training step: the same work by the same code. All figures are of a step, means over those profiled. */
const primitiveSchema = z.strictObject({
  /** As oneDNN calls it: `convolution`, `inner_product`, `pooling` … */
  primitive: z.string(),
  /** `forward_training`, `backward_data` (the gradient of its input), `backward_weights`; `undef` for products. */
  pass: z.string(),
  /** Its sizes: `mb128_ic32oc64_ih26oh24kh3…`, `128x9216:9216x128`. */
  problem: z.string(),
  /** The code that oneDNN chose. */
  implementation: z.string(),
  calls: z.number().positive(),
  ms: z.number().nonnegative(),
  /** Billions of floating-point operations: a multiply-add is two; 0 for what only moves, compares or adds. */
  gigaflops: z.number().nonnegative(),
})
export type PrimitiveProfile = z.infer<typeof primitiveSchema>

/** Where the time of a training step goes. */
export const profileSchema = z.strictObject({
  of: z.enum(['ours', 'keras']),
  experiment: z.string(),
  threads: z.int().positive(),
  setting: z.string(),
  /** Steps profiled. */
  steps: z.int().positive(),
  /** Milliseconds a step on the clock. */
  ms: z.number().positive(),
  /**
   * Milliseconds a step while at least one was running of: convolutions; convolutions and matrix products; any primitives. With
   * several threads some run side by side, and the sum of their times is more.
   */
  busy: z.strictObject({ convolutions: z.number(), multiplying: z.number(), primitives: z.number() }),
  /** What the machine reaches in large matrix products with as many threads, in billions of operations a second. */
  peakGigaflops: z.number().positive(),
  /** Those that take longest first. */
  primitives: z.array(primitiveSchema).min(1),
})
export type Profile = z.infer<typeof profileSchema>

/** In words. */
export const inThreads = (threads: number): string => (threads === 1 ? 'one thread' : `${threads} threads`)

const productNames = ['inner_product', 'matmul', 'gemm_api']
export const isConvolution = ({ primitive }: { primitive: string }): boolean => primitive === 'convolution'
export const isProduct = ({ primitive }: { primitive: string }): boolean => productNames.includes(primitive)
