/** Shares of a 3 × 3 kernel's energy (sum of squares), each 0…1; together 1, but all 0 for a kernel of zeros. */
export interface KernelStructure {
  /** Along the constant kernel: what it does to an even grey. */
  mean: number
  /** Along the two Sobel kernels: edges upright and lying. */
  edgeX: number
  edgeY: number
  /** Along the 3 × 3 binomial blur less its mean: centre against surround. */
  blur: number
  /** Along the five directions left, which are finer than these. */
  rest: number
}

const unit = (values: readonly number[]) => {
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
  return values.map((v) => v / norm)
}

/** Orthonormal: the blur is even about its centre and has its mean taken out, the Sobel kernels are odd, one in each direction. */
const basis = {
  mean: unit([1, 1, 1, 1, 1, 1, 1, 1, 1]),
  edgeX: unit([-1, 0, 1, -2, 0, 2, -1, 0, 1]),
  edgeY: unit([-1, -2, -1, 0, 0, 0, 1, 2, 1]),
  blur: unit([1, 2, 1, 2, 4, 2, 1, 2, 1].map((v) => v - 16 / 9)),
}

/**
 * How much of a 3 × 3 kernel lies in four low-order directions. A kernel of independent, equally spread weights has 4/9 of its
 * energy in them on average, a ninth in each.
 * @param kernel nine weights, row by row
 */
export function kernelStructure(kernel: Float32Array): KernelStructure {
  if (kernel.length !== 9) throw new Error(`a 3 × 3 kernel has 9 weights, but this one has ${kernel.length}`)
  const energy = kernel.reduce((sum, v) => sum + v * v, 0)
  const share = (direction: readonly number[]) =>
    energy === 0 ? 0 : direction.reduce((sum, v, i) => sum + v * kernel[i]!, 0) ** 2 / energy
  const [mean, edgeX, edgeY, blur] = [share(basis.mean), share(basis.edgeX), share(basis.edgeY), share(basis.blur)]
  const rest = energy === 0 ? 0 : Math.max(0, 1 - mean - edgeX - edgeY - blur)
  return { mean, edgeX, edgeY, blur, rest }
}
