import { expect, test } from 'vitest'
import { plannedContrastsTable } from '../../src/tables/planned-contrasts.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { texts } from './hand-made.ts'

const eight = (test: (i: number) => number) => Array.from({ length: 8 }, (_, i) => ({ test: test(i) }))

test('planned contrasts: differences and their intervals, then sign flips and Holm', () => {
  const data = siteOfRuns({
    corrected: {
      cnn: eight(() => 0.95),
      // 2 and 4 points worse in turn.
      fcnn: eight((i) => (i % 2 ? 0.93 : 0.91)),
      // A point better and worse in turn.
      'cnn-augmented': eight((i) => (i % 2 ? 0.96 : 0.94)),
      'fcnn-augmented': { test: 0.925 },
    },
  })
  const runsOf = (name: string) => data.allRuns.filter(({ experiment }) => experiment === name)
  const recipes = [{ a: 'cnn', b: 'fcnn', interval: { low: 0.0204, high: 0.0413 } }]
  const { rows, runs } = plannedContrastsTable({ ...data, pairTests: new Map([['corrected', { pairs: [], recipes }]]) }, {})
  // The differences' standard deviation is .01 · √(8/7), a mean's error .01 / √7, and t with 7 degrees of freedom 2.365: .89 points.
  // All signs alike come up twice in 256; the smallest p of four is multiplied by four, whether the others were run or not.
  // The one pair differs on 900 + 750 images: 1.96 · √((.165 − .015²) / 10,000) is .80 points.
  expect(rows.map(texts)).toEqual([
    ['CNN − FCNN', '8', '3.0', '2.1 to 3.9', '2.0 to 4.1', '.008', '.031'],
    ['CNN, augmented − CNN', '8', '0.0', '−0.9 to 0.9', '–', '1.000', '1.000'],
    ['FCNN, augmented − FCNN', '1', '1.5', '0.7 to 2.3 over images', '–', '–', '–'],
    ['CNN − CNN without pooling', null, null, null, null, null, null],
  ])
  expect(runs).toHaveLength(25)
  expect(runs).toEqual([...runsOf('cnn'), ...runsOf('fcnn'), ...runsOf('cnn-augmented'), ...runsOf('fcnn-augmented')])
})
