import { describeLayers, inputShape, type Layer, type LayerDescription } from '../../models/layers.ts'
import type { Graph } from './graph.ts'

const float = { T: { type: 'float32' } } as const
const window = (size: number) => ({ ints: [1, size, size, 1] })

/** Which of a dropout layer's activations are kept: bool, `[n, …shape]`. */
export type DropoutMask = (layer: LayerDescription & { layer: { kind: 'dropout' } }, activations: string) => string

/**
 * Adds a model's forward pass to a graph.
 * @param weights each weight's value, by its name in `weightSpecs`
 * @param images grey levels 0…255, `[n, 784]`
 * @param mask absent: dropout off
 * @returns the logits, `[n, 10]`
 */
export function addForward(
  graph: Graph,
  layers: readonly Layer[],
  weights: ReadonlyMap<string, string>,
  images: string,
  mask?: DropoutMask,
): string {
  const reshape = (input: string, shape: readonly number[]) =>
    graph.add('Reshape', [input, graph.constant('int32', [-1, ...shape])], { ...float, Tshape: { type: 'int32' } })
  const weight = (description: LayerDescription, part: 0 | 1) => weights.get(description.weights[part]!.name)!
  const addBias = (input: string, description: LayerDescription) =>
    graph.add('BiasAdd', [input, weight(description, 1)], { ...float, data_format: { string: 'NHWC' } })

  const scaled = graph.add('Mul', [images, graph.constant('float32', 1 / 255)], float)
  let value = layers[0]?.kind === 'flatten' ? scaled : reshape(scaled, inputShape)
  const described = describeLayers(layers)
  for (let i = 0; i < described.length; i++) {
    const description = described[i]!
    const { layer } = description
    switch (layer.kind) {
      case 'conv2d': {
        value = graph.add('Conv2D', [value, weight(description, 0)], {
          ...float,
          strides: window(1),
          padding: { string: 'VALID' },
          data_format: { string: 'NHWC' },
        })
        // max(relu(x + b)) = relu(max(x) + b): pooled first, bias and ReLU have a quarter of the work.
        const pool = described[i + 2]?.layer
        const pooled = described[i + 1]?.layer.kind === 'relu' && pool?.kind === 'maxPool'
        if (pooled) value = addMaxPool(graph, value, pool.size)
        value = addBias(value, description)
        if (pooled) {
          value = graph.add('Relu', [value], float)
          i += 2
        }
        break
      }
      case 'dense':
        value = graph.add('MatMul', [value, weight(description, 0)], float)
        value = addBias(value, description)
        break
      case 'relu':
        value = graph.add('Relu', [value], float)
        break
      case 'maxPool':
        value = addMaxPool(graph, value, layer.size)
        break
      case 'flatten':
        if (i > 0) value = reshape(value, description.outputShape)
        break
      case 'dropout':
        if (mask) value = addDropout(graph, value, mask({ ...description, layer }, value), layer.rate)
    }
  }
  return value
}

const addMaxPool = (graph: Graph, input: string, size: number) =>
  graph.add('MaxPool', [input], {
    ...float,
    ksize: window(size),
    strides: window(size),
    padding: { string: 'VALID' },
    data_format: { string: 'NHWC' },
  })

/**
 * Keeps some activations, scaled by 1 / (1 − rate), and sets the others to 0. Where they come from a ReLU, what is above 0 has passed
 * both: one step back through the two gives the very values of two, in less time.
 */
function addDropout(graph: Graph, activations: string, kept: string, rate: number): string {
  const scale = graph.constant('float32', 1 / (1 - rate))
  const scaled = graph.add('Mul', [activations, scale], float)
  const relu = graph.nodes.find(({ name, op }) => name === activations && op === 'Relu')
  const passed: string = graph.add('SelectV2', [kept, scaled, graph.constant('float32', 0)], float, {
    gradient: relu && {
      of: relu.inputs[0]!,
      from: (upstream) => graph.add('Mul', [graph.add('ReluGrad', [upstream, passed], float), scale], float),
    },
  })
  return passed
}
