import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { classCounts } from '../../src/charts/class-counts.ts'
import { palette } from '../../src/charts/palette.ts'
import { parseHex } from '../../src/charts/rgba.ts'
import { standaloneSvg } from '../../src/charts/standalone-svg.ts'

const chart = classCounts(
  { classes, sets: [{ name: 'test', counts: classes.map(() => 1000) }] },
  { label: 'Images of each class.', width: 340 },
)

test.each(['light', 'dark'] as const)('a standalone chart carries its own colours, %s', (scheme) => {
  const alone = standaloneSvg(chart, scheme)
  expect(alone).not.toContain('var(')
  expect(alone).toContain('width="340"')
  const picture = new Resvg(alone).render()
  expect([picture.width, picture.height]).toEqual([340, 228])
  expect([...picture.pixels.subarray(0, 3)]).toEqual(parseHex(palette['--paper'][scheme]).slice(0, 3))
  // The bars of 1,000 images are drawn in soft ink over paper: a colour that is neither.
  const colours = new Set(
    Array.from({ length: 340 }, (_, x) => picture.pixels.subarray((34 * 340 + x) * 4, (34 * 340 + x) * 4 + 3).join()),
  )
  expect(colours.size).toBeGreaterThan(1)
})

test('a colour that is not in the palette is refused by name', () => {
  expect(() => standaloneSvg('<svg viewBox="0 0 1 1"><g fill="var(--mauve)"></g></svg>', 'light')).toThrow('var(--mauve)')
})
