import { expect, test } from 'vitest'
import { updateRule } from '../../../experiments/engine/portable/optimizers.ts'
import { reference } from '../reference.ts'

test('a weight of constant gradient moves by .14003 of it at first, then .14179: Adadelta as Keras and TensorFlow compute it', () => {
  const { gradient, ratios } = reference.adadelta
  expect(ratios[0]).toBeCloseTo(0.14003, 5)
  expect(ratios[1]).toBeCloseTo(0.14179, 5)
  const rule = updateRule({ kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 })
  const parameter = { weight: new Float32Array(1), slots: [new Float32Array(1), new Float32Array(1)] }
  ratios.forEach((ratio, i) => {
    const [before] = parameter.weight
    rule.update(parameter, Float32Array.of(gradient), 1, i + 1)
    expect((before! - parameter.weight[0]!) / gradient).toBeCloseTo(ratio, 5)
  })
})
