import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { publicOrigin } from '../data/public-origin.ts'
import { pdfName } from './pdf-name.ts'

/** Chrome writes when it printed; the same length keeps the file's table of offsets right. */
const dates = /\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g
const noDate = (found: string, name: string) => {
  const start = `/${name} (D:20000101000000+00'00'`
  return start.padEnd(found.length - 1, ' ').slice(0, found.length - 1) + ')'
}
/** Chrome numbers a page's nodes as its memory has them. */
const nodeNames = /node\d{8}/g

/** The same PDF with neither the time in it nor the numbers that differ between two printings of one page. */
function steady(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1')
  // In the order they had, which lists in the file are sorted by.
  const names = [...new Set(text.match(nodeNames))].sort()
  const renamed = new Map(names.map((name, i) => [name, `node${String(i).padStart(8, '0')}`]))
  return Buffer.from(
    text.replace(dates, noDate).replace(nodeNames, (name) => renamed.get(name)!),
    'latin1',
  )
}

/**
 * Links to pages of the site, which in the PDF lead to where it is published; where that is not known they are text. Runs in the
 * browser.
 */
function linkToSite(published: string | undefined): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="/"]'))
    if (published) {
      link.href = new URL(link.getAttribute('href')!, published).href
      link.classList.add('plain') // without the address in print
    } else link.removeAttribute('href')
}

/**
 * Prints the page `all/` of the built site in `folder`, made for the sub-path `base`.
 * @param published the origin of the site as readers will find it, undefined where nobody has said
 * @returns the PDF, the same for the same pages
 */
export async function printReport(folder: string, base: string, published: string | undefined): Promise<Buffer> {
  // The browser of the tests: installed for development only, and wanted only here.
  const [{ launchChromium }, { serveSite }] = await Promise.all([
    import('../../test/browser/chromium.ts'),
    import('../../test/browser/serve-site.ts'),
  ])
  const [site, browser] = await Promise.all([serveSite(folder, base.replace(/\/?$/, '/')), launchChromium()])
  try {
    const page = await browser.newPage()
    await page.goto(`${site.url}all/`, { waitUntil: 'networkidle' })
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.evaluate(linkToSite, published)
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true, printBackground: true })
    return steady(pdf)
  } finally {
    await Promise.all([browser.close(), site.close()])
  }
}

/** An integration: in the mode `pdf` (`npm run pdf`), the whole report as one PDF beside the pages, which link to it. */
export const reportPdf = (): AstroIntegration => {
  let base = '/'
  let published: string | undefined
  let name: string | undefined
  const readMode = { name: 'report-pdf', configResolved: ({ mode }: { mode: string }) => void (name = pdfName(mode)) }
  return {
    name: 'report-pdf',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => void updateConfig({ vite: { plugins: [readMode] } }),
      'astro:config:done': ({ config }) => {
        base = config.base
        published = publicOrigin(config.site)
      },
      'astro:build:done': async ({ dir, logger }) => {
        if (!name) return
        const folder = fileURLToPath(dir)
        const pdf = await printReport(folder, base, published)
        writeFileSync(join(folder, name), pdf)
        logger.info(`${name}: ${(pdf.length / 1e6).toFixed(1)} MB`)
      },
    },
  }
}
