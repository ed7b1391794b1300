import { product } from '../../models/layers.ts'
import { streams } from '../../random.ts'
import type { DropoutMask } from './forward.ts'
import type { Graph } from './graph.ts'

/**
 * Dropout masks made inside the graph: TensorFlow's Philox with the run's seed and the dropout stream as its key, the update's number
 * and the layer's index as its counter: the very bytes that `dropout-mask.ts` makes for the portable engine. An activation is kept
 * where its byte is at least 256 × rate.
 * @param step the number of the update, an int32 scalar
 */
export function dropoutMasks(graph: Graph, seed: number, step: string): DropoutMask {
  const to = (
    source: 'int32' | 'int64' | 'uint32',
    target: 'int64' | 'uint64' | 'uint8',
    op: 'Cast' | 'Bitcast',
    input: string,
  ) =>
    graph.add(
      op,
      [input],
      op === 'Cast' ? { SrcT: { type: source }, DstT: { type: target } } : { T: { type: source }, type: { type: target } },
    )
  const key = to('int64', 'uint64', 'Bitcast', graph.constant('int64', [seed + streams.dropout * 2 ** 32]))
  const stepLong = to('int32', 'int64', 'Cast', step)
  const int = { T: { type: 'int32' } } as const

  return ({ index, outputShape, layer }, activations) => {
    const size = product(outputShape)
    if (size % 4 !== 0) throw new Error(`dropout (layer ${index}) needs a multiple of 4 activations, but its input has ${size}`)
    const shape = graph.add('Shape', [activations], { T: { type: 'float32' }, out_type: { type: 'int32' } })
    const images = graph.add(
      'StridedSlice',
      [shape, graph.constant('int32', [0]), graph.constant('int32', [1]), graph.constant('int32', [1])],
      {
        ...int,
        Index: { type: 'int32' },
      },
    )
    const wordCount = graph.add('Mul', [images, graph.constant('int32', [size / 4])], int)
    const high = graph.add('AddV2', [stepLong, graph.constant('int64', index * 2 ** 32)], { T: { type: 'int64' } })
    const counter = graph.add('Pack', [graph.constant('int64', 0), high], {
      T: { type: 'int64' },
      N: { int: 2 },
      axis: { int: 0 },
    })
    const words = graph.add(
      'StatelessRandomUniformFullIntV2',
      [wordCount, key, to('int64', 'uint64', 'Bitcast', counter), graph.constant('int32', 1)],
      { dtype: { type: 'uint32' }, Tshape: { type: 'int32' } },
    )
    const bytes = graph.add('Reshape', [to('uint32', 'uint8', 'Bitcast', words), shape], {
      T: { type: 'uint8' },
      Tshape: { type: 'int32' },
    })
    const limit = graph.add('Cast', [graph.constant('int32', Math.round(256 * layer.rate))], {
      SrcT: { type: 'int32' },
      DstT: { type: 'uint8' },
    })
    return graph.add('GreaterEqual', [bytes, limit], { T: { type: 'uint8' } })
  }
}
