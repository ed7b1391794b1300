/** What the page of portable-training.test.ts runs, bundled for browsers: the wasm files lie beside it. */
import { wasmEngine } from '../../experiments/engine/portable/wasm-engine.ts'
import { shortTraining } from './short-training.ts'

const engine = wasmEngine('./')

Object.assign(globalThis, {
  describeEngine: async () => (await engine).version,
  train: async (model: string) => shortTraining(await engine, model),
})
