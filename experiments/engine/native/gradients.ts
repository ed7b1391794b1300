import { nodeOf, type Graph, type GraphNode } from './graph.ts'

/**
 * For each operation the models use: from the gradient of its first output, those of its inputs (null: not differentiable, or asked
 * of nobody). The formulas are those of TensorFlow's own Python gradients (tensorflow/python/ops/{nn,math,array}_grad.py).
 */
type Gradient = (graph: Graph, node: GraphNode, upstream: string, wanted: boolean[]) => (string | null)[]

const float = { T: { type: 'float32' } } as const
const shapeOf = (graph: Graph, input: string) => graph.add('Shape', [input], { ...float, out_type: { type: 'int32' } })

const gradients: Record<string, Gradient> = {
  Conv2D: (graph, node, upstream, wanted) => {
    const [input, kernel] = node.inputs as [string, string]
    const { strides, padding, data_format } = node.attributes
    const attributes = { ...float, strides: strides!, padding: padding!, data_format: data_format! }
    return [
      wanted[0] ? graph.add('Conv2DBackpropInput', [shapeOf(graph, input), kernel, upstream], attributes) : null,
      wanted[1] ? graph.add('Conv2DBackpropFilter', [input, shapeOf(graph, kernel), upstream], attributes) : null,
    ]
  },
  MaxPool: (graph, node, upstream) => [graph.add('MaxPoolGrad', [node.inputs[0]!, node.name, upstream], node.attributes)],
  BiasAdd: (graph, _node, upstream, wanted) => [upstream, wanted[1] ? graph.add('BiasAddGrad', [upstream], float) : null],
  Relu: (graph, node, upstream) => [graph.add('ReluGrad', [upstream, node.name], float)],
  MatMul: (graph, node, upstream, wanted) => {
    const [a, b] = node.inputs as [string, string]
    const multiply = (left: string, right: string, transposeLeft: boolean, transposeRight: boolean) =>
      graph.add('MatMul', [left, right], {
        ...float,
        transpose_a: { bool: transposeLeft },
        transpose_b: { bool: transposeRight },
      })
    return [wanted[0] ? multiply(upstream, b, false, true) : null, wanted[1] ? multiply(a, upstream, true, false) : null]
  },
  Reshape: (graph, node, upstream) => [
    graph.add('Reshape', [upstream, shapeOf(graph, node.inputs[0]!)], { ...float, Tshape: { type: 'int32' } }),
    null,
  ],
  // Both factors of one shape, or one of them a scalar constant, whose gradient nobody asks for.
  Mul: (graph, node, upstream, wanted) =>
    node.inputs.map((_, i) => (wanted[i] ? graph.add('Mul', [upstream, node.inputs[1 - i]!], float) : null)),
  // A choice between an input and a scalar 0, whose gradient nobody asks for.
  SelectV2: (graph, node, upstream) => [null, graph.add('SelectV2', [node.inputs[0]!, upstream, node.inputs[2]!], float), null],
  // TensorFlow computes the gradient with respect to the logits, per image, as the second output.
  SparseSoftmaxCrossEntropyWithLogits: (graph, node, upstream) => [
    graph.add(
      'Mul',
      [graph.add('ExpandDims', [upstream, graph.constant('int32', -1)], { ...float, Tdim: { type: 'int32' } }), `${node.name}:1`],
      float,
    ),
    null,
  ],
}

/**
 * Adds to the graph the gradients of an output with respect to some variables' values, by walking it backwards.
 * @param of the output to differentiate
 * @param upstream its own gradient, of the same shape
 * @returns a gradient's name for each of `withRespectTo`
 * @throws where the path between crosses an operation without a known gradient, naming it
 */
export function addGradients(graph: Graph, of: string, upstream: string, withRespectTo: readonly string[]): string[] {
  const forward = [...graph.nodes]
  const dependsOnWanted = new Set(withRespectTo.map(nodeOf))
  // A shape is a whole number: nothing flows back through it.
  for (const node of forward)
    if (node.op !== 'Shape' && node.inputs.some((input) => dependsOnWanted.has(nodeOf(input)))) dependsOnWanted.add(node.name)

  const found = new Map<string, string>([[of, upstream]])
  const give = (input: string, value: string) => {
    const known = found.get(input)
    found.set(input, known === undefined ? value : graph.add('AddV2', [known, value], float))
  }
  for (const node of forward.reverse()) {
    const own = found.get(node.name)
    if (own === undefined || !dependsOnWanted.has(node.name) || withRespectTo.includes(node.name)) continue
    if (node.gradient) {
      give(node.gradient.of, node.gradient.from(own))
      continue
    }
    const gradient = gradients[node.op]
    if (!gradient)
      throw new Error(`no gradient is known for the operation ${node.op} (node ${node.name}); add it to gradients.ts`)
    const wanted = node.inputs.map((input) => dependsOnWanted.has(nodeOf(input)))
    gradient(graph, node, own, wanted).forEach((value, i) => {
      if (value !== null && wanted[i]) give(node.inputs[i]!, value)
    })
  }
  return withRespectTo.map((name) => {
    const value = found.get(name)
    if (value === undefined) throw new Error(`${of} does not depend on ${name}`)
    return value
  })
}
