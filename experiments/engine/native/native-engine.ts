import { initialWeights } from '../../models/initial-weights.ts'
import { describeLayers, product } from '../../models/layers.ts'
import type { Batch, Engine, Network, NetworkOptions } from '../network.ts'
import { unshared } from './binding.ts'
import { buildNetworkGraph, type VariableNodes } from './network-graph.ts'
import { loadTensorFlow, openSession, type TensorFlow } from './session.ts'

/** Images evaluated at a time: the CNN's activations of so many take some 100 MB. */
export const evaluationBatch = 500

/**
 * The engine on TensorFlow's own library, through tfjs-node's binding.
 * @param packageFolder the folder of @tensorflow/tfjs-node, put in place by `npm run engine`
 * @param threads that TensorFlow and oneDNN compute with; fixed when the library is first loaded in a process
 */
export function nativeEngine(packageFolder: string, threads: number): Engine {
  const tensorflow = loadTensorFlow(packageFolder, threads)
  return {
    name: 'native',
    version: `tfjs-node ${tensorflow.version}`,
    tensorflow: tensorflow.binding.TF_Version,
    createNetwork: (options) => createNetwork(tensorflow, options),
  }
}

function createNetwork(tensorflow: TensorFlow, options: NetworkOptions): Network {
  const { layers, optimizer, seed, dropout = true } = options
  const net = buildNetworkGraph({ layers, optimizer, seed, dropout })
  const outputs = product(describeLayers(layers).at(-1)!.outputShape)
  const { run, close } = openSession(tensorflow, net.graph)
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
      const all = new Float32Array(count * outputs)
      for (let from = 0; from < count; from += evaluationBatch) {
        const part = images.subarray(from * 784, Math.min(from + evaluationBatch, count) * 784)
        all.set(run({ images: feedImages(part) }, [net.logits])[0]!, from * outputs)
      }
      return all
    },
    readState: () => ({ weights: read(net.weights), slots: read(net.slots) }),
    writeState({ weights, slots }) {
      write(net.weights, weights)
      write(net.slots, slots)
    },
    tensorCount: () => tensorflow.binding.getNumOfTensors(),
    dispose: close,
  }
}
