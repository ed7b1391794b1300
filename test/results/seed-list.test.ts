import { expect, test } from 'vitest'
import { formatSeedList, parseSeedList } from '../../experiments/results/seed-list.ts'

test.each([
  ['7', [7]],
  ['2-8', [2, 3, 4, 5, 6, 7, 8]],
  ['1,3-5', [1, 3, 4, 5]],
  ['1, 3-4', [1, 3, 4]],
  ['5-5', [5]],
  ['9,1-2', [9, 1, 2]],
])('reads the seeds %s', (text, seeds) => {
  expect(parseSeedList(text)).toEqual(seeds)
})

test('takes a seed that is named twice once', () => {
  expect(parseSeedList('1-3,2-4,1')).toEqual([1, 2, 3, 4])
})

test.each([
  ['one', '"one" is neither a seed nor a range of seeds'],
  ['1,2-x', '"2-x" is neither a seed nor a range of seeds'],
  ['1..3', '"1..3" is neither'],
  ['-3', '"-3" is neither'],
  ['1-2-3', '"1-2-3" is neither'],
  ['1,,2', 'a part of it is empty'],
  ['', 'a part of it is empty'],
  ['1,8-2', 'the range 8-2 ends before it begins'],
  ['4294967296', '4294967296: a seed is at most 4294967295'],
  ['1-2000', 'the range 1-2000 has more than 1000 seeds'],
])('names what is wrong with the seeds "%s"', (text, message) => {
  expect(() => parseSeedList(text)).toThrow(message)
})

test.each([
  [[], ''],
  [[1], '1'],
  [[1, 2], '1,2'],
  [[1, 2, 3], '1-3'],
  [[1, 2, 4, 5, 6, 9], '1,2,4-6,9'],
])('writes the seeds %j as %s', (seeds, text) => {
  expect(formatSeedList(seeds)).toBe(text)
})

test('reads what it writes', () => {
  const seeds = [0, 1, 2, 3, 7, 8, 42, 43, 44]
  expect(parseSeedList(formatSeedList(seeds))).toEqual(seeds)
})
