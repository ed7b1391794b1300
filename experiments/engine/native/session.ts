import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binding } from './binding.ts'
import type { Graph } from './graph.ts'
import { encodeSavedModel, type ProtobufClasses } from './saved-model.ts'

/** TensorFlow's library, loaded. */
export interface TensorFlow {
  binding: Binding
  protobuf: ProtobufClasses
  /** Of tfjs-node. */
  version: string
}

/**
 * @param packageFolder the folder of @tensorflow/tfjs-node, put in place by `npm run engine`
 * @param threads that TensorFlow and oneDNN compute with; fixed when the library is first loaded in a process
 */
export function loadTensorFlow(packageFolder: string, threads: number): TensorFlow {
  Object.assign(process.env, {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    // On processors without AVX-512 TensorFlow would leave oneDNN off: other sums, and slower convolutions.
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
  })
  const require = createRequire(join(packageFolder, 'package.json'))
  const binding = require('./lib/napi-v8/tfjs_binding.node') as Binding
  const protobuf = require('./dist/proto/api_pb.js') as ProtobufClasses
  const { version } = require('./package.json') as { version: string }
  return { binding, protobuf, version }
}

/** A graph ready to run, with its variables. */
export interface Session {
  /** Runs the graph once; takes and gives plain arrays, leaves no tensor behind. */
  run(feeds: Record<string, { shape: number[]; values: Float32Array | Int32Array }>, fetches: string[]): Float32Array[]
  close(): void
}

/** Loads a graph into TensorFlow, for running until it is closed. @throws where TensorFlow refuses the graph */
export function openSession({ binding, protobuf }: TensorFlow, graph: Graph): Session {
  const model = loadGraph(binding, encodeSavedModel(graph, protobuf))
  return {
    run(feeds, fetches) {
      const names = Object.keys(feeds)
      const ids = names.map((name) => {
        const { shape, values } = feeds[name]!
        return binding.createTensor(shape, values instanceof Float32Array ? binding.TF_FLOAT : binding.TF_INT32, values)
      })
      try {
        const outputs = binding.runSavedModel(model, ids, names.map((n) => `${n}:0`).join(), fetches.map((n) => `${n}:0`).join())
        return outputs.map(({ id }) => {
          const values = binding.tensorDataSync(id)
          binding.deleteTensor(id)
          return values as Float32Array
        })
      } finally {
        ids.forEach((id) => binding.deleteTensor(id))
      }
    },
    close: () => binding.deleteSavedModel(model),
  }
}

/** The binding loads graphs from a folder only. */
function loadGraph(binding: Binding, savedModel: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'kuzushiji-graph-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel)
    return binding.loadSavedModel(folder, 'serve')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
