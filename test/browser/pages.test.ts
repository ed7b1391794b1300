import { afterAll, describe, it } from 'vitest'
import { base, builtSite } from './built-site.ts'
import { inspectPage, type Look } from './inspect-page.ts'
import { serveSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'
import { sitePages } from './site-pages.ts'

const looks: Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
]
/** The smoke site is the same pages with other numbers: each scheme and each width once. */
const sites = [
  { name: 'committed', looks },
  { name: 'smoke', looks: looks.slice(0, 2) },
] as const

describe.each(sites)('the site of the $name records', async ({ name, looks }) => {
  const { folder } = await builtSite(name)
  const site = await serveSite(folder, base)
  const pages = sitePages(folder)
  afterAll(() => site.close())

  describe.each(looks)('$colorScheme at $width px', (look) => {
    it.concurrent.for(pages)('shows /%s whole, quietly and accessibly', async (address, { expect }) => {
      expect(await inspectPage(site.url + address, look)).toEqual([])
    })
  })

  it.concurrent.for(pages)('shows the text of /%s without JavaScript', async (address, { expect }) => {
    const context = await (await sharedBrowser()).newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(site.url + address)
    await page.locator('h1').waitFor({ state: 'visible' })
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(100)
    await context.close()
  })
})
