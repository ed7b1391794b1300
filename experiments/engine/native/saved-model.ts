import { types, type Attribute, type Graph } from './graph.ts'

/** tfjs-node's generated protobuf classes (dist/proto/api_pb), as far as they are used. */
interface Message {
  serializeBinary(): Uint8Array
}
type MessageClass = new () => Message & Record<string, (...args: unknown[]) => unknown>
export type ProtobufClasses = Record<
  'SavedModel' | 'MetaGraphDef' | 'GraphDef' | 'NodeDef' | 'AttrValue' | 'VersionDef' | 'Tensor' | 'TensorShape',
  MessageClass
> & {
  MetaGraphDef: { MetaInfoDef: MessageClass }
  AttrValue: { ListValue: MessageClass }
  TensorShape: { Dim: MessageClass }
}

/** Sets fields by the setters that protobuf's generator made: `{ name: 'x' }` calls `setName('x')`. */
function message(type: MessageClass, fields: Record<string, unknown>) {
  const made = new type()
  for (const [key, value] of Object.entries(fields)) made[`set${key[0]!.toUpperCase()}${key.slice(1)}`]!(value)
  return made
}

/** Writes a graph as the bytes of a saved_model.pb with one meta graph tagged `serve`, for `loadSavedModel`. */
export function encodeSavedModel(graph: Graph, pb: ProtobufClasses): Uint8Array {
  const shape = (sizes: (number | null)[]) =>
    message(pb.TensorShape, { dimList: sizes.map((size) => message(pb.TensorShape.Dim, { size: size ?? -1 })) })

  const attribute = (value: Attribute) => {
    if ('type' in value) return message(pb.AttrValue, { type: types[value.type] })
    if ('int' in value) return message(pb.AttrValue, { i: value.int })
    if ('bool' in value) return message(pb.AttrValue, { b: value.bool })
    if ('string' in value) return message(pb.AttrValue, { s: new TextEncoder().encode(value.string) })
    if ('ints' in value) return message(pb.AttrValue, { list: message(pb.AttrValue.ListValue, { iList: value.ints }) })
    if ('shape' in value) return message(pb.AttrValue, { shape: shape(value.shape) })
    const { type, values } = value.tensor
    const list = { float32: 'floatValList', int32: 'intValList', int64: 'int64ValList' }[type]
    return message(pb.AttrValue, {
      tensor: message(pb.Tensor, { dtype: types[type], tensorShape: shape(value.tensor.shape), [list]: values }),
    })
  }

  const nodes = graph.nodes.map((node) => {
    const encoded = message(pb.NodeDef, {
      name: node.name,
      op: node.op,
      inputList: [...node.inputs, ...node.after.map((name) => `^${name}`)],
    })
    const attributes = encoded['getAttrMap']!() as Map<string, unknown>
    for (const [name, value] of Object.entries(node.attributes)) attributes.set(name, attribute(value))
    return encoded
  })
  const metaGraph = message(pb.MetaGraphDef, {
    metaInfoDef: message(pb.MetaGraphDef.MetaInfoDef, { tagsList: ['serve'] }),
    graphDef: message(pb.GraphDef, { nodeList: nodes, versions: message(pb.VersionDef, { producer: 1882, minConsumer: 12 }) }),
  })
  return message(pb.SavedModel, { savedModelSchemaVersion: 1, metaGraphsList: [metaGraph] }).serializeBinary()
}
