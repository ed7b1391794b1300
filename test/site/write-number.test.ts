import { expect, test } from 'vitest'
import { writeBound, writeCorrelation, writeConfidence, writeInterval, writeNumber } from '../../src/data/write-number.ts'

test.each([
  [0.95134, 'score', '.951'],
  [0.95134, 'percent', '95.1\u00a0%'],
  [-0.0123, 'points', '−1.2'],
  [-0.0002, 'points', '0.0'],
  [1_199_882, 'count', '1,199,882'],
  [0.1849, 'loss', '.185'],
  [4.26, 'seconds', '4.3'],
  [42.4, 'seconds', '42'],
  [11_992_448, 'millions', '12\u00a0million'],
] as const)('writes %s as a %s', (value, kind, text) => expect(writeNumber(value, kind)).toBe(text))

test('writes the unit of an interval once', () => {
  expect(writeInterval({ low: 0.947, high: 0.955 }, 'percent')).toBe('94.7 to 95.5\u00a0%')
  expect(writeInterval({ low: 0.947, high: 0.955 }, 'score')).toBe('.947 to .955')
})

test('writes a correlation that rounds to nothing as 0, without a sign', () => {
  expect([-0.001, 0.004, 0.31, -0.2].map(writeCorrelation)).toEqual(['0', '0', '.31', '−.20'])
})

test('keeps the level of an interval on one line with its sign', () => {
  expect(writeConfidence({ low: 0.947, high: 0.955 }, 'percent')).toBe('95\u00a0% interval 94.7 to 95.5\u00a0%')
})

test('a bound is rounded up, but not what is a whole number of its digits', () => {
  expect([0.00521, 0.0052, 0.00501].map((bound) => writeBound(bound, 'points'))).toEqual(['0.6', '0.6', '0.6'])
  expect([0.005, 0.0499999999999].map((bound) => writeBound(bound, 'points'))).toEqual(['0.5', '5.0'])
  expect([0.0381, 0.039].map((bound) => writeBound(bound, 'loss'))).toEqual(['.039', '.039'])
})
