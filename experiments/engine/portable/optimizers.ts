import type { Optimizer } from '../../training/protocol.ts'

/** One weight and its accumulators, overwritten by an update. */
export interface Parameter {
  weight: Float32Array
  slots: readonly Float32Array[]
}

/**
 * In plain loops over arrays, one pass for each weight: made of tfjs' operations the FCNN's update is sixteen passes, and took a
 * quarter of its step on WebAssembly. Settings are rounded to single precision, as TensorFlow has them.
 */
export interface UpdateRule {
  /** Accumulators a weight has; all begin at zero. */
  slotCount: number
  /** @param step the number of the update, from 1 */
  update(parameter: Parameter, gradient: Float32Array, rate: number, step: number): void
}

const single = Math.fround

/** Zeiler 2012 as TensorFlow's ApplyAdadelta; tfjs' own `tf.train.adadelta` is another rule (it uses the average before the update). */
function adadelta(settings: Extract<Optimizer, { kind: 'adadelta' }>): UpdateRule {
  const [rho, rest, epsilon] = [single(settings.rho), single(1 - settings.rho), single(settings.epsilon)]
  return {
    slotCount: 2,
    update({ weight, slots }, gradient, rate) {
      const [squaredGradients, squaredUpdates] = slots as [Float32Array, Float32Array]
      const singleRate = single(rate)
      for (let i = 0; i < weight.length; i++) {
        const g = gradient[i]!
        const ofGradients = rho * squaredGradients[i]! + rest * g * g
        const ofUpdates = squaredUpdates[i]!
        const change = Math.sqrt((ofUpdates + epsilon) / (ofGradients + epsilon)) * g
        squaredGradients[i] = ofGradients
        squaredUpdates[i] = rho * ofUpdates + rest * change * change
        weight[i] = weight[i]! - singleRate * change
      }
    },
  }
}

/** Gradient descent with momentum as Keras: the rate is inside the accumulator. */
function sgd(settings: Extract<Optimizer, { kind: 'sgd' }>): UpdateRule {
  const momentum = single(settings.momentum)
  return {
    slotCount: 1,
    update({ weight, slots }, gradient, rate) {
      const [velocities] = slots as [Float32Array]
      const singleRate = single(rate)
      for (let i = 0; i < weight.length; i++) {
        const velocity = single(momentum * velocities[i]! - singleRate * gradient[i]!)
        velocities[i] = velocity
        weight[i] = weight[i]! + velocity
      }
    },
  }
}

/** Kingma & Ba 2015 as Keras and TensorFlow: their ε̂ is added to the root of the average before its bias is corrected. */
function adam({ beta1, beta2, epsilon }: Extract<Optimizer, { kind: 'adam' }>): UpdateRule {
  const [decay1, rest1, decay2, rest2] = [single(beta1), single(1 - beta1), single(beta2), single(1 - beta2)]
  return {
    slotCount: 2,
    update({ weight, slots }, gradient, rate, step) {
      const [means, squares] = slots as [Float32Array, Float32Array]
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step)
      for (let i = 0; i < weight.length; i++) {
        const g = gradient[i]!
        const mean = decay1 * means[i]! + rest1 * g
        const square = decay2 * squares[i]! + rest2 * g * g
        means[i] = mean
        squares[i] = square
        weight[i] = weight[i]! - (corrected * mean) / (Math.sqrt(square) + epsilon)
      }
    },
  }
}

/** How an optimizer changes a weight by its gradient, with its accumulators. */
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
