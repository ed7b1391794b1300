import * as tf from '@tensorflow/tfjs-core'
import { pixels } from '../../dataset/dataset.ts'
import { initialWeights } from '../../models/initial-weights.ts'
import { describeLayers, product, type LayerDescription } from '../../models/layers.ts'
import type { Network, NetworkOptions, NetworkState } from '../network.ts'
import { denseKernels } from './dense-kernels.ts'
import { passThrough } from './layer-passes.ts'
import { logitsOf, lossAndGradients } from './loss-and-gradients.ts'
import { updateRule } from './optimizers.ts'

/** Images evaluated at a time: WebAssembly's memory never shrinks. */
const evaluationBatch = 128

function checkSizes(arrays: readonly Float32Array[], sizes: readonly number[], what: string): void {
  if (arrays.length !== sizes.length)
    throw new Error(`this network has ${sizes.length} ${what}, but the state to write has ${arrays.length}`)
  arrays.forEach((array, i) => {
    if (array.length !== sizes[i])
      throw new Error(`number ${i} of the ${what} to write has ${array.length} values; this network's has ${sizes[i]}`)
  })
}

/**
 * A network whose parameters are blocks of one array: all weights, all gradients, then the optimizer's slots. Each step makes tensors of
 * the weights that tfjs computes with, on whatever backend of it is set, and leaves none.
 * @param denseModule of `compileDenseModule`: computes the dense layers and Adadelta, and has the parameters in its memory; null: tfjs
 *   and JavaScript compute all
 */
export function portableNetwork(
  { layers, optimizer, seed, dropout = true }: NetworkOptions,
  denseModule: WebAssembly.Module | null,
): Network {
  const descriptions = describeLayers(layers)
  const specs = descriptions.flatMap((description) => description.weights)
  const sizes = specs.map(({ shape }) => product(shape))
  const outputs = product(descriptions.at(-1)!.outputShape)
  const rule = updateRule(optimizer)
  const slotBlocks = Array.from({ length: rule.slotCount }, (_, slot) => 2 + slot)
  // Whole vectors of four.
  const blockSize = 4 * Math.ceil(sizes.reduce((a, b) => a + b, 0) / 4)
  const count = (2 + rule.slotCount) * blockSize
  const kernels = denseModule && denseKernels(denseModule, descriptions, count)
  const update = kernels && optimizer.kind === 'adadelta' ? kernels.adadelta(optimizer) : rule.update
  const own = kernels ? null : new Float32Array(count)

  const block = (k: number) => (own ?? kernels!.parameters()).subarray(k * blockSize, (k + 1) * blockSize)
  const part = (k: number, i: number) => {
    const start = sizes.slice(0, i).reduce((a, b) => a + b, 0)
    return block(k).subarray(start, start + sizes[i]!)
  }
  const partsOf = (k: number, { weights }: LayerDescription) => weights.map((spec) => part(k, specs.indexOf(spec)))
  const weightsAre = (weights: readonly Float32Array[]) => weights.forEach((values, i) => part(0, i).set(values))

  /** Reads weights from the first block, and puts gradients into the second. To be called within `tf.tidy`. */
  function passOfBlocks(): typeof passThrough {
    const byKernels = ({ layer }: LayerDescription) => kernels && layer.kind === 'dense'
    // A tensor on the cpu keeps the array it is given: these are gone before it changes.
    const tensors = descriptions.map((description) =>
      byKernels(description) ? [] : partsOf(0, description).map((values, i) => tf.tensor(values, description.weights[i]!.shape)),
    )
    return (description, x, _, mask) => {
      const gradients = partsOf(1, description)
      if (byKernels(description)) return kernels!.dense(x, partsOf(0, description), gradients)
      const { output, backward } = passThrough(description, x, tensors[description.index]!, mask)
      return {
        output,
        backward(gradient, wanted) {
          const { input, weights } = backward(gradient, wanted)
          weights?.forEach((tensor, i) => gradients[i]!.set(tensor.dataSync()))
          return { input }
        },
      }
    }
  }

  weightsAre(initialWeights(layers, seed))
  return {
    trainStep(batch, rate, step) {
      kernels?.begin(batch.labels.length)
      const result = tf.tidy(() => {
        const draw = dropout ? { seed, step } : null
        const { loss, correct } = lossAndGradients(descriptions, [], batch, draw, passOfBlocks(), kernels?.scaledMask)
        return { loss, correct }
      })
      update({ weight: block(0), slots: slotBlocks.map(block) }, block(1), rate, step)
      return result
    },
    logits(images) {
      const all = new Float32Array((images.length / pixels) * outputs)
      tf.tidy(() => {
        const pass = passOfBlocks()
        for (let from = 0; from * pixels < images.length; from += evaluationBatch) {
          const some = images.subarray(from * pixels, (from + evaluationBatch) * pixels)
          kernels?.begin(some.length / pixels)
          tf.tidy(() => all.set(logitsOf(descriptions, [], some, pass).dataSync(), from * outputs))
        }
      })
      return all
    },
    readState: () => ({
      weights: specs.map((_, i) => part(0, i).slice()),
      slots: specs.flatMap((_, i) => slotBlocks.map((k) => part(k, i).slice())),
    }),
    writeState(state: NetworkState) {
      checkSizes(state.weights, sizes, 'weights')
      checkSizes(
        state.slots,
        sizes.flatMap((size) => slotBlocks.map(() => size)),
        'optimizer slots',
      )
      weightsAre(state.weights)
      state.slots.forEach((values, at) => part(slotBlocks[at % rule.slotCount]!, Math.floor(at / rule.slotCount)).set(values))
    },
    tensorCount: () => tf.memory().numTensors,
    // Nothing outlives the network: no tensor, and its memory goes with it.
    dispose() {},
  }
}
