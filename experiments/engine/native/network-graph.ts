import { weightSpecs, type Layer } from '../../models/layers.ts'
import type { Optimizer } from '../../training/protocol.ts'
import { dropoutMasks } from './dropout.ts'
import { addForward } from './forward.ts'
import { addGradients } from './gradients.ts'
import { createGraph, type Graph } from './graph.ts'
import { addOptimizer, slotNames } from './optimizers.ts'

/** One weight or slot: what to fetch to read it; what to feed and then to fetch to write it. */
export interface VariableNodes {
  shape: number[]
  read: string
  feed: string
  write: string
}

export interface NetworkGraph {
  graph: Graph
  /** Two floats, the batch's summed loss and how many it got right; fetching them trains. Feed images, labels, rate and step. */
  train: string
  /** `[n, 10]`, dropout off. Feed images. */
  logits: string
  /** In the order of `NetworkState`. */
  weights: VariableNodes[]
  slots: VariableNodes[]
}

const float = { T: { type: 'float32' } } as const
const dtype = { dtype: { type: 'float32' } } as const

/**
 * The whole training step of a model as one graph, forward, gradients and optimizer, and on the same variables its evaluation. The
 * batch dimension is open, so that the last, smaller batch needs no graph of its own.
 */
export function buildNetworkGraph(options: {
  layers: readonly Layer[]
  optimizer: Optimizer
  seed: number
  dropout: boolean
}): NetworkGraph {
  const { layers, optimizer } = options
  const graph = createGraph()
  const placeholder = (name: string, type: 'float32' | 'int32', shape: (number | null)[]) =>
    graph.add('Placeholder', [], { dtype: { type }, shape: { shape } }, { name })
  const images = placeholder('images', 'float32', [null, 784])
  const labels = placeholder('labels', 'int32', [null])
  const rate = placeholder('rate', 'float32', [])
  const step = placeholder('step', 'int32', [])

  const variable = (name: string, shape: number[]) => {
    const handle = graph.add('VarHandleOp', [], { ...dtype, shape: { shape }, shared_name: { string: name } }, { name })
    const read = graph.add('ReadVariableOp', [handle], dtype, { name: `${name}/read` })
    const feed = placeholder(`${name}/new`, 'float32', shape)
    const assign = graph.add('AssignVariableOp', [handle, feed], dtype)
    const write = graph.add(
      'Identity',
      [graph.constant('int32', 0)],
      { T: { type: 'int32' } },
      { name: `${name}/write`, after: [assign] },
    )
    return { handle, nodes: { shape, read, feed, write } }
  }
  const specs = weightSpecs(layers)
  const weights = specs.map((spec) => variable(spec.name, spec.shape))
  const slots = specs.map((spec) => slotNames(optimizer).map((slot) => variable(`${spec.name}/${slot}`, spec.shape)))

  const values = weights.map(({ handle }) => graph.add('ReadVariableOp', [handle], dtype))
  const named = (outputs: string[]) => new Map(specs.map((spec, i) => [spec.name, outputs[i]!]))
  const outputs = addForward(
    graph,
    layers,
    named(values),
    images,
    options.dropout ? dropoutMasks(graph, options.seed, step) : undefined,
  )
  const loss = graph.add('SparseSoftmaxCrossEntropyWithLogits', [outputs, labels], { ...float, Tlabels: { type: 'int32' } })
  const gradients = addGradients(graph, loss, addMeanGradient(graph, labels), values)

  const updates = weights.map(({ handle }, i) =>
    addOptimizer(graph, optimizer, {
      handle,
      slots: slots[i]!.map((slot) => slot.handle),
      gradient: gradients[i]!,
      rate,
      step,
      after: graph.nodes.filter((node) => node.inputs.includes(values[i]!)).map((node) => node.name),
    }),
  )
  const sums = addSums(graph, loss, outputs, labels)
  const train = graph.add('Identity', [sums], float, { name: 'train', after: updates })

  const logits = addForward(graph, layers, named(weights.map((w) => w.nodes.read)), images)
  return { graph, train, logits, weights: weights.map((w) => w.nodes), slots: slots.flat().map((slot) => slot.nodes) }
}

/** The gradient of the mean loss with respect to each image's: 1/n. */
function addMeanGradient(graph: Graph, labels: string): string {
  const shape = graph.add('Shape', [labels], { T: { type: 'int32' }, out_type: { type: 'int32' } })
  const size = graph.add('Size', [labels], { T: { type: 'int32' }, out_type: { type: 'int32' } })
  const count = graph.add('Cast', [size], { SrcT: { type: 'int32' }, DstT: { type: 'float32' } })
  return graph.add('Fill', [shape, graph.add('Reciprocal', [count], float)], { ...float, index_type: { type: 'int32' } })
}

function addSums(graph: Graph, loss: string, logits: string, labels: string): string {
  const sum = (of: string) =>
    graph.add('Sum', [of, graph.constant('int32', [0])], { ...float, Tidx: { type: 'int32' }, keep_dims: { bool: false } })
  const guess = graph.add('ArgMax', [logits, graph.constant('int32', 1)], {
    ...float,
    Tidx: { type: 'int32' },
    output_type: { type: 'int32' },
  })
  const hit = graph.add('Equal', [guess, labels], { T: { type: 'int32' } })
  const right = graph.add('Cast', [hit], { SrcT: { type: 'bool' }, DstT: { type: 'float32' } })
  return graph.add('Pack', [sum(loss), sum(right)], { ...float, N: { int: 2 }, axis: { int: 0 } })
}
