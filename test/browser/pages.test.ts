import { afterAll, describe, it } from 'vitest'
import { base, buildBoth, builtSite } from './built-site.ts'
import { inspectPage } from './inspect-page.ts'
import { isLookedAt, looksAt, pagesLookedAt } from './looked-at.ts'
import { serveSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'

describe.each(buildBoth())('the site of the %s records', async (name) => {
  const { folder } = await builtSite(name)
  const site = await serveSite(folder, base)
  const pages = pagesLookedAt(folder)
  afterAll(() => site.close())

  describe.each(looksAt(name))('$colorScheme at $width px', (look) => {
    it.concurrent.for(pages.filter((page) => isLookedAt(page, name, look)))(
      'shows /%s whole, quietly and accessibly',
      async (address, { expect }) => {
        expect(await inspectPage(site.url + address, look)).toEqual([])
      },
    )
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
