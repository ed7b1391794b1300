import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { measurePage } from './measure-page.ts'
import { policyProblems } from './page-policy.ts'
import { measureShift, weighPage } from './page-weight.ts'
import { sharedBrowser } from './shared-browser.ts'
import { watchPage } from './watch-page.ts'

export interface Look {
  colorScheme: 'light' | 'dark'
  width: number
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Violations of axe's rules on an open page, one line each. Chromium lets its debugger evaluate whatever the page's CSP says. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const run = () => (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] })
  const { violations } = await page.evaluate(run)
  return violations.map(
    ({ id, help, nodes }) =>
      `axe ${id} (${help}): ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 5)
        .join(' | ')}`,
  )
}

/** Whether the page is drawn in the text fonts it asks for. Runs inside the browser. */
function inOwnFonts(): boolean {
  const context = document.createElement('canvas').getContext('2d')!
  const widthIn = (family: string) => {
    context.font = `40px ${family}`
    return context.measureText('Reading old kana').width
  }
  const asked = [...document.fonts].filter(({ family, status }) => /^"?Source \w+ \d"?$/.test(family) && status === 'loaded')
  return asked.every(({ family }) => widthIn(`"${family.replaceAll('"', '')}", monospace`) !== widthIn('monospace'))
}

/** Opens `url` in a fresh profile and gives everything that is wrong with the page there, one line each. */
export async function inspectPage(url: string, { colorScheme, width }: Look): Promise<string[]> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const problems = watchPage(page, url)
    const tooHeavy = weighPage(page)
    await page.goto(url, { waitUntil: 'networkidle' })
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    const onFirstVisit = [await page.evaluate(measureShift), await page.evaluate(policyProblems), await tooHeavy()]
    // A text font that came late on a busy machine is the next visit's: what is measured is the page in its own fonts.
    for (let visit = 1; visit <= 3 && !(await page.evaluate(inOwnFonts)); visit++) await page.reload({ waitUntil: 'networkidle' })
    const inFallback = (await page.evaluate(inOwnFonts)) ? [] : ['its text is not drawn in its own fonts']
    const found = [await page.evaluate(measurePage), await axeViolations(page)]
    return [...onFirstVisit, inFallback, ...found, problems].flat()
  } finally {
    await context.close()
  }
}
