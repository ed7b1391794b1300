import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from '../network.ts'
import { compileDenseModule } from './dense-kernels.ts'
import { portableEngine } from './portable-engine.ts'

/**
 * The portable engine on WebAssembly, wherever that has SIMD (Node from 16 on, browsers since 2023); dense layers are twice as fast
 * again where it also has relaxed SIMD. `aboutPortable` says how it compares with the native engine. Its threads are left
 * alone: in Node they don't start, and a browser has them on isolated pages only.
 * @param folder where tfjs-backend-wasm's files lie: a path or an address, with a slash at its end
 * @throws where there is no SIMD
 */
export async function wasmEngine(folder: string): Promise<Engine> {
  setWasmPaths(folder)
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    throw new Error('the portable engine needs WebAssembly with SIMD, which this machine or browser does not have')
  return portableEngine('wasm', await compileDenseModule())
}
