import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from '../network.ts'
import { denseModuleHash } from './dense-module.ts'
import { portableNetwork } from './portable-network.ts'

/** tfjs' backends that are tried here: `cpu` is plain JavaScript arithmetic, `wasm` WebAssembly with SIMD. */
type Backend = 'cpu' | 'wasm'

/**
 * Trains on tfjs' tensors, on one thread, in Node and in browsers. tfjs has one backend at a time: a process that asks for both takes
 * the last one for all its networks.
 * @param backend `cpu` for miniatures and tests (one picture through the CNN and back takes a fifth of a second); `wasm` is prepared by
 *   `wasmEngine`
 * @param denseModule see `portableNetwork`
 */
export async function portableEngine(backend: Backend = 'cpu', denseModule: WebAssembly.Module | null = null): Promise<Engine> {
  // Else the backend prints advice to install another one.
  tf.enableProdMode()
  if (!(await tf.setBackend(backend)))
    throw new Error(`the ${backend} backend of tfjs did not start: does it have the version of tfjs-core?`)
  return {
    name: 'portable',
    // With the module's hash: a run does not go on from the checkpoint of another module.
    version: `tfjs-core ${tf.version_core} on ${tf.getBackend()}${denseModule ? ` with relaxed SIMD (module ${denseModuleHash})` : ''}`,
    tensorflow: null,
    createNetwork: (options) => portableNetwork(options, denseModule),
  }
}
