import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initialWeights } from '../../models/initial-weights.ts'
import { classCount, product } from '../../models/layers.ts'
import type { Batch, Engine, Network, NetworkOptions } from '../network.ts'
import { unshared, type Binding } from './binding.ts'
import { buildNetworkGraph, type VariableNodes } from './network-graph.ts'
import { encodeSavedModel, type ProtobufClasses } from './saved-model.ts'

/** Images evaluated at a time: the activations of a thousand keep to some 100 MB. */
const evaluationBatch = 500

/**
 * The engine on TensorFlow's own library, through tfjs-node's binding.
 * @param packageFolder the folder of @tensorflow/tfjs-node, put in place by `npm run engine`
 * @param threads that TensorFlow and oneDNN compute with; fixed when the library is first loaded in a process
 */
export function nativeEngine(packageFolder: string, threads: number): Engine {
  Object.assign(process.env, {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
  })
  const require = createRequire(join(packageFolder, 'package.json'))
  const binding = require('./lib/napi-v8/tfjs_binding.node') as Binding
  const protobuf = require('./dist/proto/api_pb.js') as ProtobufClasses
  const { version } = require('./package.json') as { version: string }
  return {
    name: 'native',
    version: `tfjs-node ${version}`,
    tensorflow: binding.TF_Version,
    createNetwork: (options) => createNetwork(binding, protobuf, options),
  }
}

function createNetwork(binding: Binding, protobuf: ProtobufClasses, options: NetworkOptions): Network {
  const { layers, optimizer, seed, dropout = true } = options
  const net = buildNetworkGraph({ layers, optimizer, seed, dropout })
  const model = loadGraph(binding, encodeSavedModel(net.graph, protobuf))

  /** Runs the graph once; takes and gives plain arrays, leaves no tensor behind. */
  const run = (feeds: Record<string, { shape: number[]; values: Float32Array | Int32Array }>, fetches: string[]) => {
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
  }
  const feedImages = (images: Batch['images']) => ({
    shape: [images.length / 784, 784],
    values: unshared(images, Float32Array),
  })
  const write = (nodes: VariableNodes[], arrays: readonly Float32Array[]) =>
    nodes.forEach(({ shape, feed, write }, i) => run({ [feed]: { shape, values: unshared(arrays[i]!, Float32Array) } }, [write]))
  const read = (nodes: VariableNodes[]) =>
    run(
      {},
      nodes.map((n) => n.read),
    )

  write(net.weights, initialWeights(layers, seed))
  // Adadelta, momentum and Adam all start from nothing.
  write(
    net.slots,
    net.slots.map(({ shape }) => new Float32Array(product(shape))),
  )

  return {
    trainStep({ images, labels }, rate, step) {
      const [sums] = run(
        {
          images: feedImages(images),
          labels: { shape: [labels.length], values: unshared(labels, Int32Array) },
          rate: { shape: [], values: unshared([rate], Float32Array) },
          step: { shape: [], values: unshared([step], Int32Array) },
        },
        [net.train],
      )
      return { loss: sums![0]!, correct: sums![1]! }
    },
    logits(images) {
      const count = images.length / 784
      const all = new Float32Array(count * classCount)
      for (let from = 0; from < count; from += evaluationBatch) {
        const part = images.subarray(from * 784, Math.min(from + evaluationBatch, count) * 784)
        all.set(run({ images: feedImages(part) }, [net.logits])[0]!, from * classCount)
      }
      return all
    },
    readState: () => ({ weights: read(net.weights), slots: read(net.slots) }),
    writeState({ weights, slots }) {
      write(net.weights, weights)
      write(net.slots, slots)
    },
    tensorCount: () => binding.getNumOfTensors(),
    dispose: () => binding.deleteSavedModel(model),
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
