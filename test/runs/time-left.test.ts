import { describe, expect, it } from 'vitest'
import { timeLeft, type JobPace } from '../../experiments/runs/time-left.ts'

const job = (changes: Partial<JobPace> = {}): JobPace => ({
  estimated: 100,
  expectedEpochs: 10,
  epochsDone: 0,
  finished: false,
  ...changes,
})

describe('timeLeft', () => {
  it('shares the estimates out before anything is measured', () => {
    expect(timeLeft([job(), job(), job(), job()], 2)).toBe(200)
  })

  it('takes what runs by its own pace, and what waits by the pace of the others', () => {
    // Twice as slow as estimated: 5 epochs of 20 s left, and a waiting run of 200 s.
    expect(timeLeft([job({ epochsDone: 5, epochSeconds: 20 }), job()], 1)).toBe(300)
  })

  it('is never less than the longest run alone', () => {
    expect(timeLeft([job({ estimated: 1000 }), job()], 2)).toBe(1000)
  })

  it('expects one more epoch of a run that outlasts what was expected', () => {
    expect(timeLeft([job({ epochsDone: 14, epochSeconds: 7 })], 2)).toBe(7)
  })

  it('is nothing once all have finished', () => {
    expect(timeLeft([job({ finished: true, epochSeconds: 3, epochsDone: 4 })], 2)).toBe(0)
  })
})
