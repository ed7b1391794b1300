/**
 * A TensorFlow graph under construction: nodes in the terms of TensorFlow's GraphDef, plus the little that is needed to derive
 * gradients. Nothing here loads TensorFlow; `saved-model.ts` writes the graph for it.
 */

/** TensorFlow's DataType numbers. */
export const types = { float32: 1, int32: 3, uint8: 4, int64: 9, bool: 10, uint32: 22, uint64: 23 } as const
export type DataType = keyof typeof types

export type Attribute =
  | { type: DataType }
  | { int: number }
  | { bool: boolean }
  | { string: string }
  | { ints: number[] }
  | { shape: (number | null)[] }
  | { tensor: { type: 'float32' | 'int32' | 'int64'; shape: number[]; values: number[] } }

export interface GraphNode {
  name: string
  op: string
  /** Data inputs: `name` for a node's first output, `name:1` for its second. */
  inputs: string[]
  /** Nodes that must have run before. */
  after: string[]
  attributes: Record<string, Attribute>
  /** Taken instead of the operation's own gradient, and of those of what lies between. */
  gradient?: CustomGradient
}

/** What several nodes together do to their input, differentiated as one. */
export interface CustomGradient {
  /** The input's name. */
  of: string
  /** Adds the input's gradient, given the output's; returns its name. */
  from: (upstream: string) => string
}

export interface Graph {
  /** In the order they were added: inputs before their users. */
  nodes: GraphNode[]
  /** Adds a node and returns its first output's name. `name` must be unique; without one, the operation's name is numbered. */
  add(
    op: string,
    inputs: string[],
    attributes?: Record<string, Attribute>,
    options?: { name?: string; after?: string[]; gradient?: CustomGradient },
  ): string
  constant(type: 'float32' | 'int32' | 'int64', values: number | number[]): string
}

export const nodeOf = (output: string) => output.split(':')[0]!

export function createGraph(): Graph {
  const nodes: GraphNode[] = []
  const taken = new Set<string>()
  const constants = new Map<string, string>()
  const add: Graph['add'] = (op, inputs, attributes = {}, { name = `${op}_${nodes.length}`, after = [], gradient } = {}) => {
    if (taken.has(name)) throw new Error(`the graph has a node named ${name} already`)
    taken.add(name)
    nodes.push({ name, op, inputs, after: after.map(nodeOf), attributes, gradient })
    return name
  }
  return {
    nodes,
    add,
    constant(type, values) {
      const key = JSON.stringify([type, values])
      const known = constants.get(key)
      if (known) return known
      const tensor = { type, shape: Array.isArray(values) ? [values.length] : [], values: [values].flat() }
      const name = add('Const', [], { dtype: { type }, value: { tensor } })
      constants.set(key, name)
      return name
    },
  }
}
