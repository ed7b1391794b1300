import type { Layer } from '../models/layers.ts'
import type { Optimizer } from '../training/protocol.ts'

/** A batch of pictures: `images` holds n × 784 grey levels 0…255 (bytes, or floats after augmentation), row by row. */
export interface Batch {
  images: Uint8Array | Float32Array
  /** n classes, 0…9. */
  labels: Uint8Array
}

/** All that training changes: enough to stop and go on with the same numbers. */
export interface NetworkState {
  /** In the order of `weightSpecs`. */
  weights: Float32Array[]
  /** The optimizer's accumulators: for each weight its slots, in the optimizer's order (Adadelta: squared gradients, squared updates). */
  slots: Float32Array[]
}

/** A model with weights, an optimizer and an engine. Takes and gives typed arrays only. Not for use after `dispose`. */
export interface Network {
  /**
   * One step of training on a batch of any size, dropout on.
   * @param rate the optimizer's learning rate
   * @param step the number of the update, from 1: with the seed it fixes the dropout masks
   * @returns softmax cross-entropy summed over the batch, and how many were classified right, both before the update
   */
  trainStep(batch: Batch, rate: number, step: number): { loss: number; correct: number }
  /** Logits `[n, 10]` with dropout off; of a model that ends otherwise, what its last layer gives. */
  logits(images: Batch['images']): Float32Array
  readState(): NetworkState
  writeState(state: NetworkState): void
  /** Tensors alive in the engine: constant from epoch to epoch unless something leaks. */
  tensorCount(): number
  dispose(): void
}

export interface NetworkOptions {
  layers: readonly Layer[]
  optimizer: Optimizer
  /** Governs dropout; the weights come in through `writeState` or default to `initialWeights(layers, seed)`. */
  seed: number
  /** Off in tests that compare engines without it. */
  dropout?: boolean
}

export interface Engine {
  name: 'native' | 'portable'
  /** Of the libraries that compute: e.g. `tfjs-node 4.22.0`. */
  version: string
  /** Of TensorFlow, or null where the engine has none. */
  tensorflow: string | null
  createNetwork(options: NetworkOptions): Network
}
