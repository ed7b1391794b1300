import { expect, it } from 'vitest'
import { holm } from '../../experiments/statistics/holm.ts'
import { reference } from '../reference/statistics.ts'

it.each(reference.holm)('adjusts $p as statsmodels does, in the order given', ({ p, adjusted }) => {
  const found = holm(p)
  expect(found).toHaveLength(adjusted.length)
  found.forEach((value, i) => expect(value).toBeCloseTo(adjusted[i]!, 12))
})
