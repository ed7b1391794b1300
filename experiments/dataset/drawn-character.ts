import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { pixels } from './dataset.ts'
import { classes } from './kmnist.ts'
import { unpackWoff } from './unpack-woff.ts'

/** The slice of the font that holds all ten kana, in a weight close to a brush at this size. */
const fontFile = '@fontsource/noto-serif-jp/files/noto-serif-jp-119-600-normal.woff'

/** White on black, in the em box of 26 pixels in the middle: kana sit in theirs as they should. */
const svgOf = (character: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><rect width="28" height="28"/>` +
  `<text x="14" y="23.88" font-size="26" text-anchor="middle" fill="#fff">${character}</text></svg>`

function drawAll(): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'kana-'))
  try {
    // resvg draws nothing from a WOFF, without an error, and takes fonts as files only.
    const path = join(folder, 'kana.ttf')
    writeFileSync(path, unpackWoff(readFileSync(createRequire(import.meta.url).resolve(fontFile))))
    const font = { fontFiles: [path], loadSystemFonts: false, defaultFontFamily: 'Noto Serif JP' }
    return classes.map(({ character }) => {
      const rgba = new Resvg(svgOf(character), { font }).render().pixels
      const grey = Uint8Array.from({ length: pixels }, (_, i) => rgba[4 * i]!)
      if (!grey.some((level) => level > 127))
        throw new Error(`expected ink where ${character} is drawn from ${fontFile}, found none: is that font complete?`)
      return grey
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

let drawings: Uint8Array[] | undefined

/**
 * The modern printed character of a class (Noto Serif JP) in the manner of the data set's pictures.
 * @returns 784 grey levels, 0 (paper) … 255 (ink), row by row; a copy
 */
export function drawnCharacter(classIndex: number): Uint8Array {
  drawings ??= drawAll()
  const drawing = drawings[classIndex]
  if (!drawing) throw new RangeError(`expected a class from 0 to ${classes.length - 1}, found ${classIndex}`)
  return drawing.slice()
}
