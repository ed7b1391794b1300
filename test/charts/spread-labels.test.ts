import { expect, test } from 'vitest'
import { spreadLabels } from '../../src/charts/spread-labels.ts'
import { numbers } from './sample.ts'

test('labels that are apart stay where they are', () => {
  expect(spreadLabels([10, 30, 50], [10, 10, 10], [0, 100])).toEqual([10, 30, 50])
})

test('two labels on one spot move apart by half each', () => {
  expect(spreadLabels([50, 50], [10, 10], [0, 100])).toEqual([45, 55])
})

test('labels are pushed inside the range', () => {
  expect(spreadLabels([0, 2, 99], [10, 10, 10], [0, 100])).toEqual([5, 15, 95])
})

test('of any labels that fit none overlap, none leave the range, and their order is kept', () => {
  const random = numbers(4)
  for (let round = 0; round < 200; round++) {
    const wanted = Array.from({ length: 8 }, () => random() * 100)
    const sizes = wanted.map(() => 4 + random() * 8)
    const placed = spreadLabels(wanted, sizes, [0, 100])
    const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!)
    expect(placed[order[0]!]! - sizes[order[0]!]! / 2).toBeGreaterThanOrEqual(-1e-9)
    expect(placed[order[7]!]! + sizes[order[7]!]! / 2).toBeLessThanOrEqual(100 + 1e-9)
    for (let i = 1; i < 8; i++) {
      const [a, b] = [order[i - 1]!, order[i]!]
      expect(placed[b]! - placed[a]!).toBeGreaterThanOrEqual((sizes[a]! + sizes[b]!) / 2 - 1e-9)
    }
  }
})

test('labels that cannot fit are refused', () => {
  expect(() => spreadLabels([1, 2], [30, 30], [0, 50])).toThrow('2 labels need 60 pixels, but only 50 are there')
})
