import * as tf from '@tensorflow/tfjs-core'
import type { LayerDescription } from '../../models/layers.ts'
import { maxPoolGradient } from './max-pool-gradient.ts'

/**
 * One layer at work. Backward passes are written out: tfjs-core's package for Node has no table of gradients (only the whole of tfjs
 * brings it), and they are made of the kernels that are fast. WebAssembly has none for the gradient of a convolution's kernel, is slow
 * at that of its input, at that of pooling, at products of matrices marked as transposed, and at sums over rows. On `cpu` the gradient of the CNN's
 * second kernel takes 0.2 s for six pictures by Conv2D and 9.9 s by Conv2DBackpropFilter.
 *
 * A trap: the WebAssembly backend keeps a product's right factor packed under the tensor's data, whatever its shape, so that the same
 * values reshaped must not be the right factor of another product.
 */
export interface LayerPass {
  output: tf.Tensor
  /**
   * From the gradient of the loss by the output to those by the input and by the weights.
   * @param wanted false for the first layers, whose input's gradient nobody reads: `input` may then be undefined
   */
  backward(gradient: tf.Tensor, wanted: boolean): { input?: tf.Tensor; weights?: tf.Tensor[] }
}

const valid = (x: tf.Tensor, kernel: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'valid')

/** Of a convolution: pictures correlated with the gradient, channels in the place of the batch and the batch in that of the channels. */
export function kernelGradient(x: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const correlated = valid(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(gradient, [1, 2, 0, 3]))
  return tf.transpose(correlated, [1, 2, 0, 3])
}

/** Sums of a gradient `[n, height, width, channels]` over all but its channels: as products with ones, picture by picture. */
function sumOfChannels(gradient: tf.Tensor): tf.Tensor {
  const [n, height, width, channels] = gradient.shape as [number, number, number, number]
  const sums = tf.matMul(tf.ones([n, 1, height * width]), tf.reshape(gradient, [n, height * width, channels]))
  return tf.sum(sums, [0, 1])
}

function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): LayerPass {
  return {
    output: tf.fused.conv2d({ x: x as tf.Tensor4D, filter: kernel as tf.Tensor4D, bias, strides: 1, pad: 'valid' }),
    backward(gradient, wanted) {
      const weights = [kernelGradient(x, gradient), sumOfChannels(gradient)]
      if (!wanted) return { weights }
      const [height, width] = [kernel.shape[0] - 1, kernel.shape[1]! - 1]
      const padded = tf.pad(gradient, [
        [0, 0],
        [height, height],
        [width, width],
        [0, 0],
      ])
      return { weights, input: valid(padded, tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2])) }
    },
  }
}

function dense(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): LayerPass {
  return {
    output: tf.fused.matMul({ a: x, b: kernel, bias }),
    backward: (gradient, wanted) => ({
      weights: [tf.matMul(tf.transpose(x), gradient), tf.sum(gradient, 0)],
      // Transposed twice, so that the right factor, which the backend packs anew, is the small one.
      ...(wanted && { input: tf.transpose(tf.matMul(kernel, tf.transpose(gradient))) }),
    }),
  }
}

const values = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array

const maxPool = (x: tf.Tensor, size: number): LayerPass => ({
  output: tf.maxPool(x as tf.Tensor4D, size, size, 'valid'),
  backward: (gradient) => ({
    input: tf.tensor(maxPoolGradient(values(x), (x as tf.Tensor4D).shape, values(gradient), size), x.shape),
  }),
})

function relu(x: tf.Tensor): LayerPass {
  const output = tf.relu(x)
  return { output, backward: (gradient) => ({ input: tf.mul(gradient, tf.step(output)) }) }
}

/**
 * @param x the layer's input, `[n, …]`
 * @param weights the layer's own: kernel and bias, or none
 * @param mask of a dropout layer: zeros and 1 / (1 − rate)s, `[n, …]`; null: dropout off
 */
export function passThrough(
  { layer, outputShape }: LayerDescription,
  x: tf.Tensor,
  weights: readonly tf.Tensor[],
  mask: tf.Tensor | null,
): LayerPass {
  switch (layer.kind) {
    case 'conv2d':
      return conv2d(x, weights[0]!, weights[1]!)
    case 'dense':
      return dense(x, weights[0]!, weights[1]!)
    case 'maxPool':
      return maxPool(x, layer.size)
    case 'relu':
      return relu(x)
    case 'flatten':
      return {
        output: tf.reshape(x, [-1, ...outputShape]),
        backward: (gradient) => ({ input: tf.reshape(gradient, x.shape) }),
      }
    case 'dropout':
      return {
        output: mask ? tf.mul(x, mask) : x,
        backward: (gradient) => ({ input: mask ? tf.mul(gradient, mask) : gradient }),
      }
  }
}
