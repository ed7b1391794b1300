import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { product, type LayerDescription } from '../../models/layers.ts'
import { streams } from '../../random.ts'
import type { Optimizer } from '../../training/protocol.ts'
import { denseModuleBase64 } from './dense-module.ts'
import type { LayerPass } from './layer-passes.ts'
import type { ScaledMask } from './loss-and-gradients.ts'
import type { UpdateRule } from './optimizers.ts'

/** What assembly/dense.ts exports: addresses are bytes, the rest floats. */
interface Exports {
  scratchBytes: WebAssembly.Global<'i32'>
  multiply(
    ...args: [
      to: number,
      left: number,
      leftRow: number,
      leftStep: number,
      right: number,
      rightStep: number,
      rightColumn: number,
      bias: number,
      rows: number,
      steps: number,
      columns: number,
    ]
  ): void
  dropoutMask(
    ...args: [to: number, count: number, threshold: number, kept: number, key0: number, key1: number, step: number, layer: number]
  ): void
  sumRows(to: number, from: number, rows: number, columns: number): void
  adadelta(
    ...args: [
      weight: number,
      gradient: number,
      squaredGradients: number,
      squaredUpdates: number,
      count: number,
      rate: number,
      rho: number,
      rest: number,
      epsilon: number,
    ]
  ): void
}

/** One network's instance of the module, with a memory of its own that holds its parameters and a batch's activations. */
export interface DenseKernels {
  /**
   * To be called before each pass.
   * @param images of the batch: a larger one than ever before makes the memory grow, and views of it from before are empty then
   */
  begin(images: number): void
  /** The parameters, all zero at first. */
  parameters(): Float32Array
  /**
   * As `passThrough` of a dense layer, but its weights are read, and their gradients left, in the module's memory.
   * @param weights kernel and bias, views of the parameters; `gradients` as well
   */
  dense(x: tf.Tensor, weights: readonly Float32Array[], gradients: readonly Float32Array[]): LayerPass
  /** As `scaledMask`; a view, good until the next call of anything here. */
  scaledMask: ScaledMask
  /** @returns as of `updateRule`, for views of the parameters whose sizes are multiples of four */
  adadelta(settings: Extract<Optimizer, { kind: 'adadelta' }>): UpdateRule['update']
}

/** Compiles the module, or gives null where WebAssembly has no relaxed SIMD (it has in Node from 21 and Chrome from 114 on). */
export async function compileDenseModule(): Promise<WebAssembly.Module | null> {
  const bytes = Uint8Array.from(atob(denseModuleBase64), (character) => character.charCodeAt(0))
  return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : null
}

const pageBytes = 65536
const align = (size: number) => Math.ceil(size / 16) * 16

/**
 * @param module of `compileDenseModule`
 * @param layers of the network, for the room its dense layers' activations take
 * @param parameterCount how many floats `parameters` has
 */
export function denseKernels(
  module: WebAssembly.Module,
  layers: readonly LayerDescription[],
  parameterCount: number,
): DenseKernels {
  const memory = new WebAssembly.Memory({ initial: 4 })
  const { scratchBytes, multiply, dropoutMask, sumRows, adadelta } = new WebAssembly.Instance(module, { env: { memory } })
    .exports as unknown as Exports
  const firstParameter = align(scratchBytes.value)
  const firstActivation = align(firstParameter + 4 * parameterCount)
  const floatsPerImage = layers
    .filter(({ layer }) => layer.kind === 'dense')
    .reduce((sum, { inputShape, outputShape }) => sum + inputShape[0]! + outputShape[0]!, 0)
  const largestMask = Math.max(0, ...layers.filter(({ layer }) => layer.kind === 'dropout').map((l) => product(l.inputShape)))
  let free = firstActivation

  const view = (address: number, floats: number) => new Float32Array(memory.buffer, address, floats)
  const begin = (images: number) => {
    free = firstActivation
    const missing = firstActivation + 4 * (images * floatsPerImage + align(images * largestMask)) - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
  }
  const take = (floats: number) => {
    const address = free
    free += 4 * floats
    return address
  }
  const write = (address: number, x: tf.Tensor) => view(address, x.size).set((tf.backend() as BackendWasm).typedArrayFromHeap(x))

  begin(0)
  return {
    begin,
    parameters: () => view(firstParameter, parameterCount),
    dense(x, weights, gradients) {
      const [kernel, bias] = weights as [Float32Array, Float32Array]
      const [ofKernel, ofBias] = gradients as [Float32Array, Float32Array]
      const [n, inputs] = x.shape as [number, number]
      const outputs = bias.length
      const [input, output] = [take(n * inputs), take(n * outputs)]
      write(input, x)
      multiply(output, input, inputs, 1, kernel.byteOffset, outputs, 1, bias.byteOffset, n, inputs, outputs)
      return {
        output: tf.tensor(view(output, n * outputs), [n, outputs]),
        backward(gradient, wanted) {
          // Nobody reads the output again, nor the input after the gradient of the kernel: their places are taken.
          write(output, gradient)
          multiply(ofKernel.byteOffset, input, 1, inputs, output, outputs, 1, 0, inputs, n, outputs)
          sumRows(ofBias.byteOffset, output, n, outputs)
          if (!wanted) return {}
          multiply(input, output, outputs, 1, kernel.byteOffset, 1, outputs, 0, n, outputs, inputs)
          return { input: tf.tensor(view(input, n * inputs), [n, inputs]) }
        },
      }
    },
    scaledMask(seed, step, layer, rate, count) {
      dropoutMask(free, count, Math.round(256 * rate), 1 / (1 - rate), seed, streams.dropout, step, layer)
      return view(free, count)
    },
    adadelta:
      ({ rho, epsilon }) =>
      ({ weight, slots }, gradient, rate) =>
        adadelta(
          weight.byteOffset,
          gradient.byteOffset,
          slots[0]!.byteOffset,
          slots[1]!.byteOffset,
          weight.length,
          rate,
          rho,
          1 - rho,
          epsilon,
        ),
  }
}
