import { describe, expect, test } from 'vitest'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { confusionMap, strongestTint } from '../../src/charts/confusion-map.ts'
import { palette } from '../../src/charts/palette.ts'
import { parseHex } from '../../src/charts/rgba.ts'
import { contrast, over } from './contrast.ts'
import { golden, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Confusion matrix.'
const confusion = classes.map((_, i) =>
  classes.map((_, j) => (i === j ? 1000 - 30 - 9 * i : j === (i + 1) % 10 ? 9 * i : j === (i + 3) % 10 ? 30 : 0)),
)

describe.each(widths)('the confusion map, %s', (name, width) => {
  const chart = confusionMap({ classes, confusion }, { label, width })

  test('is drawn as before', async () => {
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`confusion-${name}`))
  })

  test('writes all counts but zeros', () => {
    const figures = wordsOf(chart).filter((words) => /^\d+$/.test(words))
    const counts = confusion.flat().filter((value) => value > 0)
    // Beside the counts, the columns' numbers 0…9.
    expect(figures.map(Number).sort((a, b) => a - b)).toEqual([...counts, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].sort((a, b) => a - b))
  })

  test('writes means over seeds as whole images, and what is nearly none as less than one', () => {
    const means = confusion.map((row, i) =>
      row.map((value, j) => (i === 0 && j === 2 ? 0.25 : i === 1 && j === 0 ? 12.6 : value)),
    )
    const words = wordsOf(confusionMap({ classes, confusion: means }, { label, width }))
    expect(words).toContain('<1')
    expect(words).toContain('13')
    expect(words.filter((one) => one.includes('.') && !one.startsWith('.'))).toEqual([])
  })

  test('only cells whose characters are shown lead to them', () => {
    const cells = (leads?: Set<string>) =>
      [...confusionMap({ classes, confusion, leads }, { label, width }).matchAll(/data-cell="(\d-\d)"/g)].map(([, cell]) => cell)
    expect(cells(new Set(['2-3', '0-9']))).toEqual(['2-3'])
    expect(cells().length).toBe(confusion.flatMap((row, i) => row.filter((value, j) => i !== j && value > 0)).length)
  })

  test('tints by the most frequent error, or by that of other maps where it is larger', () => {
    const tints = (most?: number) =>
      [...confusionMap({ classes, confusion, most }, { label, width }).matchAll(/fill-opacity="([\d.]+)"/g)].map(([, tint]) =>
        Number(tint),
      )
    // 81 of the last class are read as the first.
    expect([Math.max(...tints()), Math.max(...tints(50)), Math.max(...tints(162))]).toEqual([
      strongestTint,
      strongestTint,
      strongestTint / 2,
    ])
  })

  test('a class without images has no recall', () => {
    const without = confusion.map((row, i) => (i === 4 ? row.map(() => 0) : row))
    const chart = confusionMap({ classes, confusion: without }, { label, width })
    expect(chart).not.toContain('NaN')
  })

  test('a matrix without errors has nothing tinted', () => {
    const perfect = classes.map((_, i) => classes.map((_, j) => (i === j ? 1000 : 0)))
    expect(confusionMap({ classes, confusion: perfect }, { label, width })).not.toContain('var(--accent)')
  })
})

test.each(['light', 'dark'] as const)('figures stay readable on the strongest tint, %s', (scheme) => {
  const paper = parseHex(palette['--paper'][scheme])
  const [red, green, blue] = parseHex(palette['--accent'][scheme])
  expect(contrast(parseHex(palette['--ink'][scheme]), over([red, green, blue, strongestTint], paper))).toBeGreaterThanOrEqual(4.5)
})
