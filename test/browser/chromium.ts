import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { cacheFolder } from '../../experiments/cache-folder.ts'

const require = createRequire(import.meta.url)
const packageRoot = (name: string, entry: string) => {
  const file = require.resolve(entry)
  return file.slice(0, file.lastIndexOf(name) + name.length)
}

/** KaTeX brings its fonts as TrueType too: a serif and a monospaced one for a machine without any. */
const katexFonts = ['KaTeX_Main-Regular.ttf', 'KaTeX_Main-Bold.ttf', 'KaTeX_Main-Italic.ttf', 'KaTeX_Typewriter-Regular.ttf']

/** Chromium takes a substitute only if it is bound as strongly as the name asked for. */
const alias = (family: string, font: string) =>
  `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`

/** The package's own fonts.conf names /tmp/fonts, wherever its fonts lie; without fonts every text has no width. */
const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${join(folder, 'fonts')}</dir>
<cachedir>${join(folder, 'fontconfig')}</cachedir>
${alias('Times New Roman', 'KaTeX_Main')}
${alias('Arial', 'Open Sans')}
${alias('Monospace', 'KaTeX_Typewriter')}
</fontconfig>
`

/** Inflates `@sparticuz/chromium`, its libraries and fonts into `folder`. */
async function inflateInto(folder: string): Promise<void> {
  const bin = join(packageRoot('@sparticuz/chromium', '@sparticuz/chromium'), 'bin')
  const temporary = process.env.TMPDIR
  process.env.TMPDIR = folder // where the package puts what it inflates; read when it is imported and when it is called
  try {
    const { inflate } = await import('@sparticuz/chromium')
    await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((archive) => inflate(join(bin, archive))))
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
  }
  const fonts = join(dirname(require.resolve('katex')), 'fonts')
  await Promise.all(katexFonts.map((font) => copyFile(join(fonts, font), join(folder, 'fonts', font))))
}

const isComplete = (folder: string) =>
  ['chromium', 'al2023/lib/libnss3.so', 'fonts/KaTeX_Typewriter-Regular.ttf', 'fonts.conf'].every((file) =>
    existsSync(join(folder, file)),
  )

/**
 * The folder of an inflated Chromium, made on first use (about 3 s). It is inflated beside its place and renamed into it, so a folder
 * that is there is whole, however many processes start at once and whenever one is killed.
 */
async function inflatedChromium(): Promise<string> {
  const manifest = join(packageRoot('@sparticuz/chromium', '@sparticuz/chromium'), 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = cacheFolder(`chromium-${version}`)
  if (isComplete(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const making = mkdtempSync(`${folder}.`)
  try {
    await inflateInto(making)
    writeFileSync(join(making, 'fonts.conf'), fontsConf(folder))
    if (isComplete(folder)) return folder // another process was quicker
    rmSync(folder, { recursive: true, force: true })
    renameSync(making, folder)
  } catch (error) {
    if (!isComplete(folder)) throw error
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return folder
}

async function launchOptions(args: string[]): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args }
  const folder = await inflatedChromium()
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    args,
    executablePath: join(folder, 'chromium'),
    chromiumSandbox: false, // there may be no user namespaces; the only pages opened are our own
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/**
 * Starts a headless Chromium, with `args` on its command line. On Linux x64 it comes with npm and needs nothing installed; elsewhere it is the system's Chrome.
 * Throws, with what to do, where neither starts.
 */
export async function launchChromium(args: string[] = []): Promise<Browser> {
  const options = await launchOptions(args)
  try {
    return await chromium.launch(options)
  } catch (error) {
    const advice = options.channel
      ? 'On this platform the browser tests use the installed Google Chrome: install it (https://www.google.com/chrome/).'
      : `The Chromium inflated from @sparticuz/chromium does not start: remove ${dirname(options.executablePath!)} and try again.`
    throw new Error(`No browser: ${advice}\n${(error as Error).message}`, { cause: error })
  }
}
