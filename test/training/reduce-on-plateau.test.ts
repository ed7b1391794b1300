import { describe, expect, it } from 'vitest'
import { plateauStateSchema } from '../../experiments/training/improvement.ts'
import { reduceOnPlateau } from '../../experiments/training/reduce-on-plateau.ts'
import { ruleCases } from '../reference/rules.ts'

/** Keras stores its rate as float32, and rounds again at every reduction. */
const float32 = 3e-7

describe.each(ruleCases)('the rate on $name', ({ values, plateau, rates, nextRate }) => {
  const expected = [...rates.slice(1), nextRate]
  const sameAsKeras = (found: number[]) => {
    expect(found).toHaveLength(expected.length)
    found.forEach((rate, i) => expect(Math.abs(rate / expected[i]! - 1), `after epoch ${i + 1}: ${rate}`).toBeLessThan(float32))
  }

  it("falls after the epochs at which Keras' falls, to the same value", () => {
    const rule = reduceOnPlateau(plateau)
    let rate = 1
    sameAsKeras(values.map((value) => (rate = rule.update(value, rate))))
  })

  it('is the same when every epoch goes through a checkpoint', () => {
    let state = reduceOnPlateau(plateau).state()
    let rate = 1
    sameAsKeras(
      values.map((value) => {
        const rule = reduceOnPlateau(plateau)
        rule.restore(plateauStateSchema.parse(JSON.parse(JSON.stringify(state))))
        rate = rule.update(value, rate)
        state = rule.state()
        return rate
      }),
    )
  })
})
