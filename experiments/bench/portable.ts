import * as tf from '@tensorflow/tfjs-core'
import { median } from 'd3-array'
import { experiments } from '../catalogue.ts'
import { kernelGradient, passThrough, type LayerPass } from '../engine/portable/layer-passes.ts'
import { lossAndGradients } from '../engine/portable/loss-and-gradients.ts'
import { wasmEngine } from '../engine/portable/wasm-engine.ts'
import { madeUpBatch } from '../engine/made-up-batch.ts'
import { wasmFolder } from '../engine/wasm-folder.ts'
import type { Batch } from '../engine/network.ts'
import { initialWeights } from '../models/initial-weights.ts'
import { describeLayers, type Layer } from '../models/layers.ts'
import type { BenchMeasurement } from '../results/bench-record.ts'

/**
 * What is compared with: tfjs' own gradients (tfjs-core/src/gradients: Conv2D_grad, BatchMatMul_grad, Add_grad, MaxPool_grad) on its
 * WebAssembly backend, with only the kernel composed that it lacks, and its dropout. The loss is the portable engine's.
 */
const stockPass: typeof passThrough = (description, x, weights) => {
  const [kernel, bias] = weights as [tf.Tensor, tf.Tensor]
  if (description.layer.kind === 'conv2d') return stockConvolution(x as tf.Tensor4D, kernel as tf.Tensor4D, bias)
  if (description.layer.kind === 'dropout') return stockDropout(x, description.layer.rate)
  if (description.layer.kind === 'maxPool') return stockMaxPool(x as tf.Tensor4D, description.layer.size)
  if (description.layer.kind === 'dense') return stockDense(x, kernel, bias)
  return passThrough(description, x, weights, null)
}

const stockConvolution = (x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor): LayerPass => ({
  output: tf.add(tf.conv2d(x, kernel, 1, 'valid'), bias),
  backward: (gradient, wanted) => ({
    weights: [kernelGradient(x, gradient), tf.sum(gradient, [0, 1, 2])],
    // This function's only kernel is Conv2DBackpropInput.
    ...(wanted && { input: tf.conv2dTranspose(gradient as tf.Tensor4D, kernel, x.shape, 1, 'valid') }),
  }),
})

/** As `tf.dropout`, which does not tell its mask. */
function stockDropout(x: tf.Tensor, rate: number): LayerPass {
  const mask = tf.div(tf.floor(tf.add(tf.randomUniform(x.shape, 0, 1), 1 - rate)), 1 - rate)
  return { output: tf.mul(x, mask), backward: (gradient) => ({ input: tf.mul(gradient, mask) }) }
}

const stockDense = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): LayerPass => ({
  output: tf.add(tf.matMul(x, kernel), bias),
  backward: (gradient, wanted) => ({
    weights: [tf.matMul(x, gradient, true, false), tf.sum(gradient, 0)],
    ...(wanted && { input: tf.matMul(gradient, kernel, false, true) }),
  }),
})

function stockMaxPool(x: tf.Tensor4D, size: number): LayerPass {
  const output = tf.maxPool(x, size, size, 'valid')
  const settings = { filterSize: size, strides: size, pad: 'valid' }
  return {
    output,
    // There is a kernel for this and no function.
    backward: (dy) => ({ input: tf.engine().runKernel<tf.Tensor>(tf.MaxPoolGrad, { dy, input: x, output }, settings) }),
  }
}

interface Adadelta {
  rho: number
  epsilon: number
}

/** The rule of `tf.train.adadelta` as tfjs computes it, put right: tensors in, tensors out. */
function stockUpdate([weight, gradients, updates]: tf.Tensor[], gradient: tf.Tensor, { rho, epsilon }: Adadelta): tf.Tensor[] {
  const average = (old: tf.Tensor, value: tf.Tensor) => tf.add(tf.mul(old, rho), tf.mul(tf.square(value), 1 - rho))
  const root = (value: tf.Tensor) => tf.sqrt(tf.add(value, epsilon))
  const newGradients = average(gradients!, gradient)
  const change = tf.mul(tf.div(root(updates!), root(newGradients)), gradient)
  return [tf.sub(weight!, change), newGradients, average(updates!, change)]
}

/** A network that trains as tfjs would; a step leaves its weights and accumulators as tensors and nothing else. */
function stockNetwork(layers: readonly Layer[], optimizer: Adadelta) {
  const descriptions = describeLayers(layers)
  const shapes = descriptions.flatMap(({ weights }) => weights).map(({ shape }) => shape)
  let parameters = initialWeights(layers, 1).map((w, i) => [tf.tensor(w, shapes[i]), tf.zeros(shapes[i]!), tf.zeros(shapes[i]!)])
  return {
    trainStep(batch: Batch) {
      const old = parameters
      parameters = tf.tidy(() => {
        const weights = old.map(([weight]) => weight!)
        const { gradients } = lossAndGradients(descriptions, weights, batch, null, stockPass)
        return old.map((parameter, i) => stockUpdate(parameter, gradients[i]!, optimizer))
      })
      tf.dispose(old)
    },
    dispose: () => tf.dispose(parameters),
  }
}

const batch = madeUpBatch(128)

function milliseconds(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * The training step of the portable engine on WebAssembly beside tfjs' own there, taking turns step by step in one process.
 * @param rounds of each; two more come before them and are not counted
 */
export async function measurePortable(rounds: number, onModel: (summary: string) => void): Promise<BenchMeasurement[]> {
  const engine = await wasmEngine(wasmFolder())
  const optimizer = { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 } as const
  return ['cnn', 'fcnn', 'cnn-no-pooling'].map((name) => {
    const { layers, title } = experiments.find((experiment) => experiment.name === name)!
    const ours = engine.createNetwork({ layers, optimizer, seed: 1 })
    const stock = stockNetwork(layers, optimizer)
    const times = Array.from({ length: rounds + 2 }, (_, i) => ({
      ours: milliseconds(() => ours.trainStep(batch, 1, i + 1)),
      tfjs: milliseconds(() => stock.trainStep(batch)),
    })).slice(2)
    ours.dispose()
    stock.dispose()
    const ratio = median(times, (time) => time.tfjs / time.ours)!
    onModel(
      `${title}: ${median(times, (time) => time.ours)!.toFixed(0)} ms a step, ${ratio.toFixed(2)} times as fast as tfjs' own on WebAssembly`,
    )
    return { of: 'portable-step', experiment: name, processes: 1, threads: 1, unit: 'ms', settings: {}, rounds: times }
  })
}
