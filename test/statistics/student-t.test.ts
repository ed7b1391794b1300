import { expect, it } from 'vitest'
import { studentT } from '../../experiments/statistics/student-t.ts'
import { reference } from '../reference/statistics.ts'

it.each(reference.studentT as [number, number, number][])(
  "%d within ±t of %i degrees of freedom: SciPy's t",
  (probability, df, t) => {
    expect(Math.abs(studentT(probability, df) / t - 1)).toBeLessThan(1e-9)
  },
)

it('refuses degrees of freedom that are no whole number from 1', () => {
  expect(() => studentT(0.95, 0)).toThrow('not 0')
  expect(() => studentT(0.95, 2.5)).toThrow('not 2.5')
})
