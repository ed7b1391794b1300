import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { updateRule, type Parameter } from '../../../experiments/engine/portable/optimizers.ts'
import { portableEngine } from '../../../experiments/engine/portable/portable-engine.ts'
import { reference } from '../reference.ts'

await portableEngine()

test('a weight of constant gradient moves by .14003 of it at first, then .14179: Adadelta as Keras and TensorFlow compute it', () => {
  const { gradient, ratios } = reference.adadelta
  expect(ratios[0]).toBeCloseTo(0.14003, 5)
  expect(ratios[1]).toBeCloseTo(0.14179, 5)
  const rule = updateRule({ kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 })
  let parameter: Parameter = { weight: tf.scalar(0), slots: [tf.scalar(0), tf.scalar(0)] }
  ratios.forEach((ratio, i) => {
    const before = parameter.weight.dataSync()[0]!
    parameter = rule.update(parameter, tf.scalar(gradient), 1, i + 1)
    expect((before - parameter.weight.dataSync()[0]!) / gradient).toBeCloseTo(ratio, 5)
  })
})
