import { expect, test } from 'vitest'
import { textWidth, wrapText } from '../../src/charts/text-width.ts'

test('widths are those of Source Sans 3', () => {
  // Advances of the font's own table: C 571, N 647, N 647, full stop 249, figures 497.
  expect(textWidth('CNN', 1000)).toBe(571 + 647 + 647)
  expect(textWidth('.951', 10)).toBeCloseTo(17.4, 1)
  expect(textWidth('お', 16)).toBe(16)
})

test('text is broken at spaces only, into lines that fit', () => {
  expect(wrapText('CNN without pooling', 84, 12.5)).toEqual(['CNN without', 'pooling'])
  expect(wrapText('CNN without pooling', 400, 12.5)).toEqual(['CNN without pooling'])
  expect(wrapText('augmented', 5, 12.5)).toEqual(['augmented'])
})
