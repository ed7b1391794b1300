import { expect, test } from 'vitest'
import { roughPath } from '../../src/charts/rough-path.ts'

test('goes from point to point in tenths of a pixel, and begins anew with each run', () => {
  const points = [
    { x: 1.04, y: 20, run: 0 },
    { x: 2.36, y: 19.75, run: 0 },
    { x: 8, y: 3, run: 1 },
    { x: 8.5, y: 3, run: 1 },
  ]
  expect(roughPath(points)).toBe('M1,20l1.4,-0.2M8,3l0.5,0')
})

test('does not drift: the last point of a long line lies within a tenth of its place', () => {
  const points = Array.from({ length: 1000 }, (_, i) => ({ x: i * 0.337, y: Math.sin(i) * 40, run: 0 }))
  const moves = [...roughPath(points).matchAll(/[Ml](-?[\d.]+),(-?[\d.]+)/g)]
  const [x, y] = [1, 2].map((part) => moves.reduce((sum, move) => sum + Number(move[part]), 0))
  expect(Math.abs(x! - points.at(-1)!.x)).toBeLessThan(0.1)
  expect(Math.abs(y! - points.at(-1)!.y)).toBeLessThan(0.1)
})
