import { unshared } from './binding.ts'
import { createGraph } from './graph.ts'
import { openSession, type TensorFlow } from './session.ts'

const side = 2048
const chained = 4

/**
 * The machine's own measure of speed: square float32 matrices multiplied by TensorFlow's kernel (oneDNN), large enough that nothing
 * but multiplying counts.
 * @returns multiplies for at least so many milliseconds, and returns billions of floating-point operations a second (a
 *   multiply-add is two)
 */
export function matrixMultiplySpeed(tensorflow: TensorFlow, clock: () => number): (milliseconds: number) => number {
  const graph = createGraph()
  const float = { T: { type: 'float32' } } as const
  const one = graph.add('Placeholder', [], { dtype: { type: 'float32' }, shape: { shape: [] } }, { name: 'one' })
  const filled = (value: string) =>
    graph.add('Fill', [graph.constant('int32', [side, side]), value], { ...float, index_type: { type: 'int32' } })
  // Each product is the matrix of ones again: nothing grows, nothing vanishes.
  const scaled = filled(graph.add('Mul', [one, graph.constant('float32', 1 / side)], float))
  let product = filled(one)
  for (let i = 0; i < chained; i++) product = graph.add('MatMul', [product, scaled], float)
  const corner = graph.add(
    'Slice',
    [product, graph.constant('int32', [side - 1, side - 1]), graph.constant('int32', [1, 1])],
    { ...float, Index: { type: 'int32' } },
    { name: 'corner' },
  )
  const session = openSession(tensorflow, graph)
  return (milliseconds) => {
    const start = clock()
    let runs = 0
    do {
      const [value] = session.run({ one: { shape: [], values: unshared([1], Float32Array) } }, [corner])
      if (Math.abs(value![0]! - 1) > 1e-3) throw new Error(`expected a product of ones, found ${value![0]}`)
      runs++
    } while (clock() - start < milliseconds)
    return (runs * chained * 2 * side ** 3) / (clock() - start) / 1e6
  }
}
