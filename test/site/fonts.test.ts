import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { katexStyles, siteFontList, subsetFonts } from '../../src/fonts/subset-fonts.ts'
import { temporaryFolder } from './made-up-site.ts'

test('cuts the fonts of a page with mathematics down to less than 120 kB', async () => {
  const folder = temporaryFolder()
  await subsetFonts(folder)
  // No page sets bold mathematics.
  const sizes = siteFontList
    .filter(({ name }) => name !== 'katex-main-bold')
    .map(({ name }) => statSync(join(folder, `${name}.woff2`)).size)
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(120_000)
})

test('keeps KaTeX’s rules and replaces its font faces', () => {
  const styles = katexStyles()
  expect(styles).toContain('.katex-display')
  expect(styles.match(/@font-face/g)).toHaveLength(siteFontList.filter(({ name }) => name.startsWith('katex')).length)
  expect(styles).not.toContain('fonts/KaTeX_')
})
