import { z } from 'zod'

/**
 * A model is a list of layers with nothing executable in it. Parameter counts, shapes, multiply-adds, drawings, initial weights and
 * training all come from this one list. Convolutions are "valid", stride 1, channels last, with a bias, as in the original study.
 */
export const layerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('conv2d'), filters: z.int().positive(), kernelSize: z.int().positive() }),
  z.strictObject({ kind: z.literal('relu') }),
  z.strictObject({ kind: z.literal('maxPool'), size: z.int().positive() }),
  z.strictObject({ kind: z.literal('dropout'), rate: z.number().gt(0).lt(1) }),
  z.strictObject({ kind: z.literal('flatten') }),
  z.strictObject({ kind: z.literal('dense'), units: z.int().positive() }),
])
export type Layer = z.infer<typeof layerSchema>

export const conv2d = (filters: number, kernelSize: number): Layer => ({ kind: 'conv2d', filters, kernelSize })
export const relu = (): Layer => ({ kind: 'relu' })
export const maxPool = (size: number): Layer => ({ kind: 'maxPool', size })
/**
 * @param rate the share of activations set to zero while training; the rest is scaled by 1 / (1 − rate). Masks are drawn a byte an
 *   activation, so that it is taken to the nearest 256th: .1 is .1015625
 * @throws where that is 0 or 1
 */
export function dropout(rate: number): Layer {
  const drawn = Math.round(256 * rate) / 256
  if (!(drawn > 0 && drawn < 1)) throw new Error(`dropout of ${rate} is ${drawn} in 256ths: it drops nothing, or everything`)
  return { kind: 'dropout', rate: drawn }
}
export const flatten = (): Layer => ({ kind: 'flatten' })
export const dense = (units: number): Layer => ({ kind: 'dense', units })

/** Height, width and channels of the pictures every model reads; pixels are scaled to 0…1 by the engine. */
export const inputShape = [28, 28, 1] as const
export const classCount = 10

export interface WeightSpec {
  /** `conv2d_0/kernel`, `dense_7/bias`: the kind and index of the layer, and the part. */
  name: string
  /** Kernel `[height, width, channelsIn, channelsOut]` or `[unitsIn, unitsOut]`; bias `[channelsOut]`. */
  shape: number[]
  fanIn: number
  fanOut: number
}

export interface LayerDescription {
  layer: Layer
  /** Position in the model's list, from 0. */
  index: number
  inputShape: number[]
  /** Without the batch dimension. */
  outputShape: number[]
  parameters: number
  /** Multiplications-with-addition for one picture, forward. */
  multiplyAdds: number
  /** Kernel, then bias; empty for layers without weights. */
  weights: WeightSpec[]
}

/** The number of values in a shape. */
export const product = (values: readonly number[]) => values.reduce((a, b) => a * b, 1)

function outputShapeOf(layer: Layer, input: readonly number[], index: number): number[] {
  const expects = (rank: number) => {
    if (input.length !== rank)
      throw new Error(`layer ${index} (${layer.kind}) takes ${rank} dimensions, but is given [${input.join(', ')}]`)
  }
  const expectsRoomFor = (size: number) => {
    expects(3)
    if (input[0]! < size || input[1]! < size)
      throw new Error(`layer ${index} (${layer.kind} ${size}×${size}) is larger than its input [${input.join(', ')}]`)
  }
  switch (layer.kind) {
    case 'conv2d':
      expectsRoomFor(layer.kernelSize)
      return [input[0]! - layer.kernelSize + 1, input[1]! - layer.kernelSize + 1, layer.filters]
    case 'maxPool':
      expectsRoomFor(layer.size)
      return [Math.floor(input[0]! / layer.size), Math.floor(input[1]! / layer.size), input[2]!]
    case 'flatten':
      return [product(input)]
    case 'dense':
      expects(1)
      return [layer.units]
    case 'relu':
    case 'dropout':
      return [...input]
  }
}

function weightsOf(layer: Layer, input: readonly number[], index: number): WeightSpec[] {
  if (layer.kind !== 'conv2d' && layer.kind !== 'dense') return []
  const kernel =
    layer.kind === 'conv2d' ? [layer.kernelSize, layer.kernelSize, input[2]!, layer.filters] : [input[0]!, layer.units]
  const out = kernel.at(-1)!
  // Keras counts a convolution's fans with its receptive field.
  const field = product(kernel.slice(0, -2))
  const fans = { fanIn: field * kernel.at(-2)!, fanOut: field * out }
  return [
    { name: `${layer.kind}_${index}/kernel`, shape: kernel, ...fans },
    { name: `${layer.kind}_${index}/bias`, shape: [out], ...fans },
  ]
}

/** Shapes, parameters and multiply-adds of every layer, in order. Throws, naming the layer, where shapes don't fit. */
export function describeLayers(layers: readonly Layer[]): LayerDescription[] {
  let shape: number[] = [...inputShape]
  return layers.map((layer, index) => {
    const input = shape
    shape = outputShapeOf(layer, input, index)
    const weights = weightsOf(layer, input, index)
    const kernel = weights[0]
    const positions = layer.kind === 'conv2d' ? shape[0]! * shape[1]! : 1
    return {
      layer,
      index,
      inputShape: input,
      outputShape: shape,
      parameters: weights.reduce((sum, weight) => sum + product(weight.shape), 0),
      multiplyAdds: kernel ? positions * product(kernel.shape) : 0,
      weights,
    }
  })
}

/** The weights of a model in the order every engine, checkpoint and weight file keeps them. */
export const weightSpecs = (layers: readonly Layer[]): WeightSpec[] => describeLayers(layers).flatMap((l) => l.weights)

export const parameterCount = (layers: readonly Layer[]): number =>
  describeLayers(layers).reduce((sum, l) => sum + l.parameters, 0)
