import { createRandom } from '../random.ts'
import { product, weightSpecs, type Layer } from './layers.ts'

/**
 * Glorot-uniform kernels (Glorot & Bengio 2010; Keras' default: uniform in ±√(6 / (fanIn + fanOut))) and zero biases, the same for
 * every engine, in the order of `weightSpecs`.
 */
export function initialWeights(layers: readonly Layer[], seed: number): Float32Array[] {
  return weightSpecs(layers).map((spec, index) => {
    const values = new Float32Array(product(spec.shape))
    if (spec.name.endsWith('/bias')) return values
    const random = createRandom(seed, 'initialisation', index)
    const limit = Math.sqrt(6 / (spec.fanIn + spec.fanOut))
    return values.map(() => (2 * random.uniform() - 1) * limit)
  })
}
