import { expect, it } from 'vitest'
import { planRuns, runName } from '../../experiments/runs/plan.ts'

it('takes an experiment that is named twice once', () => {
  expect(planRuns(['fcnn', 'cnn', 'fcnn'], 'smoke', [2]).map(runName)).toEqual([
    { experiment: 'fcnn', protocol: 'smoke', seed: 2 },
    { experiment: 'cnn', protocol: 'smoke', seed: 2 },
  ])
})
