import * as tf from '@tensorflow/tfjs-core'
import type { Optimizer } from '../../training/protocol.ts'

/** One weight and its accumulators, before or after an update. */
export interface Parameter {
  weight: tf.Tensor
  slots: tf.Tensor[]
}

export interface UpdateRule {
  /** Accumulators a weight has; all begin at zero. */
  slotCount: number
  /** @param step the number of the update, from 1 */
  update(parameter: Parameter, gradient: tf.Tensor, rate: number, step: number): Parameter
}

const average = (old: tf.Tensor, value: tf.Tensor, decay: number) => tf.add(tf.mul(old, decay), tf.mul(value, 1 - decay))

/** Zeiler 2012 as TensorFlow's ApplyAdadelta; tfjs' own `tf.train.adadelta` is another rule (it uses the average before the update). */
function adadelta({ rho, epsilon }: Extract<Optimizer, { kind: 'adadelta' }>): UpdateRule {
  return {
    slotCount: 2,
    update({ weight, slots }, gradient, rate) {
      const squaredGradients = average(slots[0]!, tf.square(gradient), rho)
      const root = (average: tf.Tensor) => tf.sqrt(tf.add(average, epsilon))
      const change = tf.mul(tf.div(root(slots[1]!), root(squaredGradients)), gradient)
      const squaredUpdates = average(slots[1]!, tf.square(change), rho)
      return { weight: tf.sub(weight, tf.mul(change, rate)), slots: [squaredGradients, squaredUpdates] }
    },
  }
}

/** Gradient descent with momentum as Keras: the rate is inside the accumulator. */
function sgd({ momentum }: Extract<Optimizer, { kind: 'sgd' }>): UpdateRule {
  return {
    slotCount: 1,
    update({ weight, slots }, gradient, rate) {
      const velocity = tf.sub(tf.mul(slots[0]!, momentum), tf.mul(gradient, rate))
      return { weight: tf.add(weight, velocity), slots: [velocity] }
    },
  }
}

/** Kingma & Ba 2015 as Keras and TensorFlow: their ε̂ is added to the root of the average before its bias is corrected. */
function adam({ beta1, beta2, epsilon }: Extract<Optimizer, { kind: 'adam' }>): UpdateRule {
  return {
    slotCount: 2,
    update({ weight, slots }, gradient, rate, step) {
      const mean = average(slots[0]!, gradient, beta1)
      const square = average(slots[1]!, tf.square(gradient), beta2)
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)
      const change = tf.div(tf.mul(mean, corrected), tf.add(tf.sqrt(square), epsilon))
      return { weight: tf.sub(weight, change), slots: [mean, square] }
    },
  }
}

export function updateRule(optimizer: Optimizer): UpdateRule {
  switch (optimizer.kind) {
    case 'adadelta':
      return adadelta(optimizer)
    case 'sgd':
      return sgd(optimizer)
    case 'adam':
      return adam(optimizer)
  }
}
