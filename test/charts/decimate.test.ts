import { expect, test } from 'vitest'
import { decimate } from '../../src/charts/decimate.ts'
import { numbers } from './sample.ts'

const random = numbers(5)
const points = Array.from({ length: 5000 }, (_, i) => ({ x: i, y: random() }))

test('a short series is left as it is', () => {
  expect(decimate(points.slice(0, 20), 10)).toEqual(points.slice(0, 20))
})

test('a long series keeps ends and extremes of every bucket, in order', () => {
  const kept = decimate(points, 100)
  expect(kept.length).toBeLessThanOrEqual(400)
  expect(kept[0]).toBe(points[0])
  expect(kept.at(-1)).toBe(points.at(-1))
  expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).sort((a, b) => a - b))
  for (let bucket = 0; bucket < 100; bucket++) {
    const inside = (p: { x: number }) => Math.min(99, Math.floor((p.x / 4999) * 100)) === bucket
    const values = (list: typeof points) => list.filter(inside).map(({ y }) => y)
    expect(Math.max(...values(kept))).toBe(Math.max(...values(points)))
    expect(Math.min(...values(kept))).toBe(Math.min(...values(points)))
  }
})
