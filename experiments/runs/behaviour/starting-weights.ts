import { initialWeights } from '../../models/initial-weights.ts'
import { weightSpecs, type Layer } from '../../models/layers.ts'
import { seed } from './seed.ts'

/** What the miniatures of models begin with: initial weights, and biases that are not zero, where much would not show. */
export const startingWeights = (layers: readonly Layer[]): Float32Array[] => {
  const specs = weightSpecs(layers)
  return initialWeights(layers, seed).map((values, i) =>
    specs[i]!.shape.length === 1 ? values.map((_, j) => ((j % 7) - 3) / 100) : values,
  )
}
