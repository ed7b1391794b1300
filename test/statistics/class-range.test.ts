import { expect, test } from 'vitest'
import { createRandom } from '../../experiments/random.ts'
import { classF1Intervals } from '../../experiments/statistics/class-f1-interval.ts'
import { classRangeByChance } from '../../experiments/statistics/class-range.ts'
import reference from '../reference/class-range.json' with { type: 'json' }

test.each(reference.byChance)(
  'the range of class F1s by chance is that of drawing image by image: accuracy $accuracy, $perClass a class',
  ({ accuracy, perClass, median, most }) => {
    const found = classRangeByChance(accuracy, perClass, createRandom(1, 'resampling'), 2000)
    expect(Math.abs(found.median / median - 1)).toBeLessThan(0.03)
    expect(Math.abs(found.most / most - 1)).toBeLessThan(0.05)
  },
)

test('intervals of class F1s are those of a stratified bootstrap of images', () => {
  const { confusion, low, high } = reference.intervals
  const found = classF1Intervals(confusion, createRandom(1, 'resampling'), 2000)
  expect(found).toHaveLength(10)
  found.forEach((interval, c) => {
    const width = high[c]! - low[c]!
    expect(Math.abs(interval.low - low[c]!) / width, `class ${c}, low`).toBeLessThan(0.08)
    expect(Math.abs(interval.high - high[c]!) / width, `class ${c}, high`).toBeLessThan(0.08)
  })
})
