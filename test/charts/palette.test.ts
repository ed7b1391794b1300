import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { palette, paletteCss, type PaletteName } from '../../src/charts/palette.ts'
import { parseHex } from '../../src/charts/rgba.ts'
import { contrast } from './contrast.ts'
import { readdirSync } from 'node:fs'

describe.each(['light', 'dark'] as const)('on %s paper', (scheme) => {
  const onPaper = (name: PaletteName) => contrast(parseHex(palette[name][scheme]), parseHex(palette['--paper'][scheme]))

  test.each(['--ink', '--ink-soft', '--accent', '--cnn-text', '--fcnn-text', '--no-pooling-text'] as const)(
    'words in %s have a contrast of at least 4.5 : 1',
    (name) => expect(onPaper(name)).toBeGreaterThanOrEqual(4.5),
  )

  test.each(['--cnn', '--fcnn', '--no-pooling', '--negative', '--positive'] as const)(
    'marks in %s have a contrast of at least 3 : 1',
    (name) => expect(onPaper(name)).toBeGreaterThanOrEqual(3),
  )
})

test('the hues on light paper are Okabe and Ito’s', () => {
  expect([palette['--cnn'].light, palette['--fcnn'].light, palette['--no-pooling'].light]).toEqual([
    '#0072b2',
    '#d55e00',
    '#009e73',
  ])
})

test('every custom property that charts draw with is in the palette', () => {
  const folder = new URL('./golden/', import.meta.url)
  const used = readdirSync(folder).flatMap(
    (file) => readFileSync(new URL(file, folder), 'utf8').match(/var\((--[a-z-]+)\)/g) ?? [],
  )
  const names = new Set(used.map((use) => use.slice(4, -1)))
  expect(names.size).toBeGreaterThan(5)
  for (const name of names) expect(Object.keys(palette)).toContain(name)
})

test('the stylesheet gets one declaration a property', () => {
  expect(paletteCss('dark')).toContain(`--paper: ${palette['--paper'].dark};`)
  expect(paletteCss('light').split(';').length - 1).toBe(Object.keys(palette).length)
})
