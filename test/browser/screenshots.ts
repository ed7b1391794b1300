/**
 * `npm run screenshots -- [folder] [part of a page's address]…`: pictures of the built site (default `dist/`) in
 * `.cache/screenshots/`: every page light, dark, on a phone, and as printed (PNG of the print style, and the PDF itself).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from './chromium.ts'
import { serveSite } from './serve-site.ts'
import { siteBase, sitePages } from './site-pages.ts'

const desktop = { width: 1280, height: 900 }
const looks = [
  { name: 'light', viewport: desktop, colorScheme: 'light', media: 'screen' },
  { name: 'dark', viewport: desktop, colorScheme: 'dark', media: 'screen' },
  { name: 'phone', viewport: { width: 360, height: 740 }, colorScheme: 'light', media: 'screen' },
  { name: 'print', viewport: { width: 794, height: 1123 }, colorScheme: 'light', media: 'print' },
] as const

const [folder = 'dist', ...parts] = process.argv.slice(2)
const pages = sitePages(folder).filter((page) => parts.length === 0 || parts.some((part) => page.includes(part)))
const target = join('.cache', 'screenshots')
mkdirSync(target, { recursive: true })

const site = await serveSite(folder, siteBase(folder))
const browser = await launchChromium()
for (const { name, media, ...options } of looks) {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const page = await context.newPage()
  // The whole report on one page takes its time.
  page.setDefaultTimeout(300_000)
  await page.emulateMedia({ media })
  for (const address of pages) {
    const file = join(target, `${address.replace(/\/$|\.html$/g, '').replaceAll('/', '-') || 'front'}.${name}`)
    await page.goto(site.url + address, { waitUntil: 'load' })
    await page.evaluate(async () => {
      const images = [...document.images]
      // Else those far down the page would be missing from its picture.
      for (const image of images) image.loading = 'eager'
      await Promise.all([document.fonts.ready, ...images.map((image) => image.decode())])
    })
    await page.screenshot({ path: `${file}.png`, fullPage: true })
    if (media === 'print') await page.pdf({ path: `${file}.pdf`, format: 'A4', preferCSSPageSize: true })
  }
  await context.close()
}
await browser.close()
await site.close()
console.log(`${pages.length} pages, ${looks.length} looks each: ${target}`)
