import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { pdfName } from './pdf-name.ts'

/** Chrome writes when it printed; the same length keeps the file's table of offsets right. */
const dates = /\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g
const noDate = (found: string, name: string) => {
  const start = `/${name} (D:20000101000000+00'00'`
  return start.padEnd(found.length - 1, ' ').slice(0, found.length - 1) + ')'
}

/** Prints the page `all/` of the built site in `folder`, served below `base`, into its `report.pdf`. @returns its bytes */
async function printReport(folder: string, base: string, name: string): Promise<number> {
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
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true, printBackground: true })
    const steady = Buffer.from(pdf.toString('latin1').replace(dates, noDate), 'latin1')
    writeFileSync(join(folder, name), steady)
    return steady.length
  } finally {
    await Promise.all([browser.close(), site.close()])
  }
}

/** With `SITE_PDF=1` (`npm run pdf`): the whole report as one PDF beside the pages, which link to it. */
export const reportPdf = (): AstroIntegration => {
  let base = '/'
  return {
    name: 'report-pdf',
    hooks: {
      'astro:config:done': ({ config }) => void (base = config.base),
      'astro:build:done': async ({ dir, logger }) => {
        if (!pdfName) return
        const bytes = await printReport(fileURLToPath(dir), base, pdfName)
        logger.info(`${pdfName}: ${(bytes / 1e6).toFixed(1)} MB`)
      },
    },
  }
}
