import { expect, test } from 'vitest'
import { monitored } from '../../experiments/training/improvement.ts'
import { toldValues } from '../reference/rules.ts'

test.each(toldValues)('of $value the rules are told $told, as by Keras', ({ value, told }) => {
  expect(monitored(value)).toBe(told)
})

test('what is not finite is no number to the rules', () => {
  expect(monitored(null)).toBeNaN()
})
