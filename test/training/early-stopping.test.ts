import { describe, expect, it } from 'vitest'
import { earlyStopping } from '../../experiments/training/early-stopping.ts'
import { stoppingStateSchema } from '../../experiments/training/improvement.ts'
import { ruleCases } from '../reference/rules.ts'

describe.each(ruleCases)('early stopping on $name', ({ values, stopping, stopEpoch }) => {
  const epochs = values.slice(0, stopEpoch ?? values.length)
  const expected = epochs.map((_, i) => i + 1 === stopEpoch)

  it('stops after the epoch at which Keras stops, and not before', () => {
    const rule = earlyStopping(stopping)
    expect(epochs.map((value, i) => rule.update(i + 1, value))).toEqual(expected)
  })

  it('decides the same when every epoch goes through a checkpoint', () => {
    let state = earlyStopping(stopping).state()
    const decisions = epochs.map((value, i) => {
      const rule = earlyStopping(stopping)
      rule.restore(stoppingStateSchema.parse(JSON.parse(JSON.stringify(state))))
      const decision = rule.update(i + 1, value)
      state = rule.state()
      return decision
    })
    expect(decisions).toEqual(expected)
  })
})
