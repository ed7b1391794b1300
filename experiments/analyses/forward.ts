import type { Engine } from '../engine/network.ts'
import type { Layer } from '../models/layers.ts'

/** A model with given weights, for its outputs only: of its last layer, `[n, …]` flat, dropout off. */
export type Forward = (
  layers: readonly Layer[],
  weights: Float32Array[],
) => { outputs: (images: Uint8Array) => Float32Array; dispose: () => void }

/** @param engine computes; an optimizer without state is what its networks need at least */
export const forwardOn =
  (engine: Engine): Forward =>
  (layers, weights) => {
    const network = engine.createNetwork({ layers, optimizer: { kind: 'sgd', rate: 0, momentum: 0 }, seed: 0 })
    network.writeState({ ...network.readState(), weights })
    return { outputs: (images) => network.logits(images), dispose: () => network.dispose() }
  }
