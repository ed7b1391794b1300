import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { classes } from '../../experiments/dataset/kmnist.ts'

const require = createRequire(import.meta.url)

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')
const typography = '\u00a0\u2009\u202f–—‘’“”…·×÷−±≈≤≥→←°′″§¹²³½µ†‡•'
const accented = 'àáâãäåæçèéêëíîïñóôõöøùúûüýÀÁÂÃÄÉÍÓÔÕÖÚÜßšžŠŽōūŌŪ'
const greek = 'αβγδεζηθκλμνξπρστφχψωΓΔΘΛΠΣΦΨΩ'

/** One font of the site: a file of an npm package, cut down to the characters and weights in use. */
export interface SiteFont {
  /** Name of the cut-down file. */
  name: string
  family: string
  style: 'normal' | 'italic'
  /** As CSS has it; a variable font's weights are cut to this range. */
  weight: string
  source: string
  characters: string
  axes?: Record<string, number | { min: number; max: number }>
}

const text = ascii + typography + accented
const mathematics = ascii + '\u00a0′−±×÷·∗∘∙≤≥≠≈≡∼∈∉⊂⊆∪∩∧∨¬∀∃∂∇∑∏∫√∞…⋯←→↦⇒⇔∣∥⟨⟩⌊⌋⌈⌉{}' + greek + 'ϵϑϕϱ'

const katex = (name: string, face: string, style: SiteFont['style'] = 'normal', weight = '400'): SiteFont => ({
  name: `katex-${name}`,
  family: `KaTeX_${face.split('-')[0]}`,
  style,
  weight,
  source: `katex/dist/fonts/KaTeX_${face}.woff2`,
  characters: mathematics,
})

export const siteFontList: SiteFont[] = [
  {
    name: 'serif',
    family: 'Source Serif 4',
    style: 'normal',
    weight: '400 600',
    source: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    characters: text,
    axes: { wght: { min: 400, max: 600 } },
  },
  {
    name: 'serif-italic',
    family: 'Source Serif 4',
    style: 'italic',
    weight: '400',
    source: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
    characters: text,
    axes: { wght: 400 },
  },
  {
    name: 'sans',
    family: 'Source Sans 3',
    style: 'normal',
    weight: '400 600',
    source: '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
    characters: text,
    axes: { wght: { min: 400, max: 600 } },
  },
  {
    name: 'kana',
    family: 'Noto Serif JP',
    style: 'normal',
    weight: '400',
    source: '@fontsource/noto-serif-jp/files/noto-serif-jp-119-400-normal.woff2',
    characters: classes.map(({ character }) => character).join(''),
  },
  katex('main', 'Main-Regular'),
  katex('main-bold', 'Main-Bold', 'normal', '700'),
  katex('math', 'Math-Italic', 'italic'),
  katex('size1', 'Size1-Regular'),
  katex('size2', 'Size2-Regular'),
  katex('size3', 'Size3-Regular'),
  katex('size4', 'Size4-Regular'),
]

/**
 * Cuts one font down into `folder`, where the same cut is not there already: a stamp beside the file says what it was made of.
 * @returns the file
 */
async function cutFont(folder: string, font: SiteFont, format: 'woff2' | 'truetype'): Promise<string> {
  const source = readFileSync(require.resolve(font.source))
  const stamp = createHash('sha256')
    .update(source)
    .update(JSON.stringify({ ...font, format }))
    .digest('hex')
  const file = join(folder, `${font.name}.${format === 'woff2' ? 'woff2' : 'ttf'}`)
  if (existsSync(file) && existsSync(`${file}.stamp`) && readFileSync(`${file}.stamp`, 'utf8') === stamp) return file
  const options = { targetFormat: format, ...(font.axes ? { variationAxes: font.axes } : {}) }
  writeFileSync(file, await subsetFont(source, font.characters, options))
  writeFileSync(`${file}.stamp`, stamp)
  return file
}

/**
 * Cuts the site's fonts down into `folder` (woff2). Kana are the ten classes' only; a page that needs others must add them to the list
 * above.
 */
export async function subsetFonts(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const font of siteFontList) await cutFont(folder, font, 'woff2')
}

/** Weights of the text fonts in pictures that the site draws itself. */
const pictureFonts: [name: string, weight?: number][] = [['sans', 400], ['sans', 600], ['serif', 600], ['kana']]

/** The text fonts as TrueType files, one a weight: resvg reads neither woff2 nor variable weights. @returns the files */
export async function subsetPictureFonts(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  for (const [name, weight] of pictureFonts) {
    const font = siteFontList.find((one) => one.name === name)!
    const pinned = { ...font, name: `picture-${name}${weight ?? ''}`, ...(weight ? { axes: { wght: weight } } : {}) }
    files.push(await cutFont(folder, pinned, 'truetype'))
  }
  return files
}

/**
 * A text font that is not there when the page is first painted waits for the next page: nothing may move while it is read, and the
 * fallbacks below are not on every machine. Mathematics does not read well in another font than KaTeX's.
 */
const face = (font: SiteFont) => `@font-face {
  font-family: '${font.family}';
  font-style: ${font.style};
  font-weight: ${font.weight};
  font-display: ${font.name.startsWith('katex') ? 'swap' : 'optional'};
  src: url('./${font.name}.woff2') format('woff2');
}`

/**
 * Fallbacks of the same metrics, so that nothing moves when the font arrives: computed by @capsizecss/core 4's createFontStack from
 * @capsizecss/metrics of both fonts.
 */
const fallbacks = `
@font-face { font-family: 'Source Serif 4 Fallback'; src: local('Georgia'); ascent-override: 96.4195%; descent-override: 31.1781%; size-adjust: 107.4471%; }
@font-face { font-family: 'Source Serif 4 Times'; src: local('Times New Roman'), local('TimesNewRomanPSMT'); ascent-override: 87.8653%; descent-override: 28.4121%; line-gap-override: 0%; size-adjust: 117.9077%; }
@font-face { font-family: 'Source Sans 3 Fallback'; src: local('Arial'), local('ArialMT'); ascent-override: 109.2105%; descent-override: 42.6604%; line-gap-override: 0%; size-adjust: 93.7639%; }
`

/** The stylesheet of the text fonts, with addresses relative to the folder of the files. */
export const fontFaces = (): string =>
  siteFontList
    .filter(({ name }) => !name.startsWith('katex'))
    .map(face)
    .join('\n') + fallbacks

/** KaTeX's own stylesheet with its font faces replaced by the cut-down ones. */
export function katexStyles(): string {
  const styles = readFileSync(require.resolve('katex/dist/katex.min.css'), 'utf8').replace(/@font-face\{[^}]*\}/g, '')
  return (
    siteFontList
      .filter(({ name }) => name.startsWith('katex'))
      .map(face)
      .join('\n') + styles
  )
}
