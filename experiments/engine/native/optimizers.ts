import type { Optimizer } from '../../training/protocol.ts'
import type { Graph } from './graph.ts'

/** What an optimizer keeps for each weight, in the order of `NetworkState.slots`. */
export const slotNames = (optimizer: Optimizer): string[] =>
  ({ adadelta: ['squaredGradients', 'squaredUpdates'], sgd: ['momentum'], adam: ['mean', 'variance'] })[optimizer.kind]

/**
 * Adds the update of one weight: TensorFlow's own kernels, which follow Keras' formulas.
 * @param update the variables' handles and the gradient of the mean loss; `rate` a float scalar, `step` an int32 scalar from 1;
 *   `after`: the nodes that must have read the weight before it changes in place
 * @returns the update's node
 */
export function addOptimizer(
  graph: Graph,
  optimizer: Optimizer,
  update: { handle: string; slots: string[]; gradient: string; rate: string; step: string; after: string[] },
): string {
  const { handle, slots, gradient, rate, after } = update
  const float = { T: { type: 'float32' } } as const
  const constant = (value: number) => graph.constant('float32', value)
  switch (optimizer.kind) {
    case 'adadelta':
      return graph.add(
        'ResourceApplyAdadelta',
        [handle, ...slots, rate, constant(optimizer.rho), constant(optimizer.epsilon), gradient],
        float,
        { after },
      )
    case 'sgd':
      return graph.add('ResourceApplyKerasMomentum', [handle, ...slots, rate, gradient, constant(optimizer.momentum)], float, {
        after,
      })
    case 'adam': {
      const time = graph.add('Cast', [update.step], { SrcT: { type: 'int32' }, DstT: { type: 'float32' } })
      const power = (beta: number) => graph.add('Pow', [constant(beta), time], float)
      const { beta1, beta2, epsilon } = optimizer
      return graph.add(
        'ResourceApplyAdam',
        [handle, ...slots, power(beta1), power(beta2), rate, constant(beta1), constant(beta2), constant(epsilon), gradient],
        float,
        { after },
      )
    }
  }
}
