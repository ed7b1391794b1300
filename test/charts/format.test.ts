import { expect, test } from 'vitest'
import { count, decimal, percent, short } from '../../src/charts/format.ts'

test.each([
  [0.9514, 3, '.951'],
  [-0.35, 2, '−.35'],
  [1, 2, '1.00'],
  [0, 2, '0'],
  [-0.0004, 3, '.000'],
  [94.5, 1, '94.5'],
])('the decimal %d with %d digits reads %s', (value, digits, words) => expect(decimal(value, digits)).toBe(words))

test.each([
  [320, '320'],
  [18_496, '18.5\u00a0k'],
  [1290, '1.29\u00a0k'],
  [194_688, '195\u00a0k'],
  [999_600, '1.00\u00a0M'],
  [1_179_776, '1.18\u00a0M'],
  [11_993_280, '12.0\u00a0M'],
])('%d reads in short %s', (value, words) => expect(short(value)).toBe(words))

test('counts have commas', () => expect([1_179_776, -1024, -0.3].map(count)).toEqual(['1,179,776', '−1,024', '0']))

test('a part reads neither as nothing nor as all', () => {
  expect(percent(0.983, 1)).toBe('98.3\u00a0%')
  expect(percent(0.0003)).toBe('<\u00a01\u00a0%')
  expect(percent(0.9996)).toBe('>\u00a099\u00a0%')
  expect(percent(0)).toBe('0\u00a0%')
  expect([-0.0001, -0.123].map((share) => percent(share))).toEqual(['0\u00a0%', '−12\u00a0%'])
  expect(percent(1)).toBe('100\u00a0%')
})
