import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where npm has put the files of tfjs' WebAssembly backend, with the separator at its end, as `wasmEngine` takes it. */
export const wasmFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist', '/')
