import * as tf from '@tensorflow/tfjs-core'
import type { LayerDescription } from '../../models/layers.ts'

/**
 * One layer at work. Backward passes are written out: tfjs-core's package for Node has no table of gradients (only the whole of tfjs
 * brings it), and a convolution's two gradients made of Conv2D need no other kernel of a backend (WebAssembly has none for the
 * kernel's); on `cpu` that of the CNN's second kernel takes 0.2 s for six pictures this way and 9.9 s by Conv2DBackpropFilter.
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

function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): LayerPass {
  return {
    output: tf.add(valid(x, kernel), bias),
    backward(gradient, wanted) {
      // Pictures correlated with the gradient, channels in the place of the batch and the batch in that of the channels.
      const pictures = tf.transpose(x, [3, 1, 2, 0])
      const kernelGradient = tf.transpose(valid(pictures, tf.transpose(gradient, [1, 2, 0, 3])), [1, 2, 0, 3])
      const weights = [kernelGradient, tf.sum(gradient, [0, 1, 2])]
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
    output: tf.add(tf.matMul(x, kernel), bias),
    backward: (gradient, wanted) => ({
      weights: [tf.matMul(tf.transpose(x), gradient), tf.sum(gradient, 0)],
      ...(wanted && { input: tf.matMul(gradient, tf.transpose(kernel)) }),
    }),
  }
}

function maxPool(x: tf.Tensor, size: number): LayerPass {
  const settings = { filterSize: size, strides: size, pad: 'valid' }
  const output = tf.maxPool(x as tf.Tensor4D, size, size, 'valid')
  return {
    output,
    // There is a kernel for this and no function.
    backward: (dy) => ({ input: tf.engine().runKernel<tf.Tensor>(tf.MaxPoolGrad, { dy, input: x, output }, settings) }),
  }
}

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
