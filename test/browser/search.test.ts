import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { shortTitle } from '../../src/data/report-title.ts'
import { base, builtSite } from './built-site.ts'
import { axeViolations } from './inspect-page.ts'
import { serveSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'
import { watchPage } from './watch-page.ts'

type ContextOptions = NonNullable<Parameters<Awaited<ReturnType<typeof sharedBrowser>>['newContext']>[0]>

const dialog = 'dialog.search[open]'
const results = '.search-results li > a'
const titles = (page: Page) => page.locator(results).allInnerTexts()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

describe.concurrent('searching the site of the committed records', async () => {
  const { folder } = await builtSite('committed')
  const site = await serveSite(folder, base)
  afterAll(() => site.close())

  async function open(address: string, use: (page: Page, problems: string[]) => Promise<void>, options: ContextOptions = {}) {
    const context = await (await sharedBrowser()).newContext(options)
    try {
      const page = await context.newPage()
      const problems = watchPage(page, site.url)
      await page.goto(site.url + address, { waitUntil: 'networkidle' })
      await use(page, problems)
    } finally {
      await context.close()
    }
  }

  async function search(page: Page, query: string) {
    await page.keyboard.press('Control+k')
    await page.locator(dialog).waitFor()
    await page.keyboard.type(query)
    await page.locator('.search-status:not(:empty)').waitFor()
  }

  it('loads nothing of the index before it is opened', async () => {
    await open('', async (page) => {
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
      expect(loaded.filter((name) => name.includes('pagefind'))).toEqual([])
    })
  })

  it('opens by Ctrl+K and by its button, and closes by Escape with the focus where it was', async () => {
    await open('method/', async (page, problems) => {
      const button = page.locator('.search-open')
      await button.focus()
      await page.keyboard.press('Enter')
      await page.locator(dialog).waitFor()
      expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search')
      await page.keyboard.type('a/b')
      expect(await page.locator(`${dialog} input`).inputValue()).toBe('a/b')
      await page.keyboard.press('Escape')
      await page.locator(dialog).waitFor({ state: 'detached' })
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.press('/')
      expect(await page.locator(dialog).count()).toBe(0)
      await page.keyboard.press('Control+k')
      await page.locator(dialog).waitFor()
      expect(problems).toEqual([])
    })
  })

  it.each([
    ['pooling', /pooling/i, 'What pooling is for'],
    ['hiragana', /hiragana/i, undefined],
    ['す', /す/, undefined],
    ['McNemar', /McNemar/, undefined],
  ])('finds %s', async (query, excerpt, first) => {
    await open('', async (page, problems) => {
      await search(page, query)
      expect(await page.locator('.search-status').innerText()).toMatch(/^(One page|\d+ pages)$/)
      expect(await page.locator('.search-results mark').allInnerTexts()).toContainEqual(expect.stringMatching(excerpt))
      if (first) expect((await titles(page))[0]).toBe(first)
      expect(problems).toEqual([])
    })
  })

  it('lists runs after chapters, under a heading', async () => {
    await open('', async (page) => {
      await search(page, 'pooling')
      const lists = page.locator('.search-results ol')
      expect(await lists.count()).toBe(2)
      const addresses = (list: number) =>
        lists
          .nth(list)
          .locator('li > a')
          .evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
      const ofRun = /^\/report\/(runs|errors)\/./
      expect((await addresses(0)).filter((address) => ofRun.test(address))).toEqual([])
      expect((await addresses(1)).filter((address) => !ofRun.test(address))).toEqual([])
    })
  })

  it('moves between answers by arrow keys, and follows one by Enter, below the sub-path', async () => {
    await open('data/', async (page) => {
      await search(page, 'pooling')
      const [first] = await titles(page)
      await page.keyboard.press('ArrowDown')
      expect(await focused(page)).toBe(first)
      await page.keyboard.press('ArrowDown')
      expect(await focused(page)).not.toBe(first)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowUp')
      expect(await page.locator(`${dialog} input`).evaluate((input) => input === document.activeElement)).toBe(true)
      await page.keyboard.press('Enter')
      await page.waitForURL(`${site.url}pooling/`)
      expect(await page.locator('h1').innerText()).toBe(first)
    })
  })

  it('says what it did not find', async () => {
    await open('', async (page) => {
      await search(page, 'zebra')
      expect(await page.locator('.search-status').innerText()).toBe('Nothing found for “zebra”.')
      expect(await titles(page)).toEqual([])
    })
  })

  it.each(['pagefind/pagefind.js', 'pagefind/wasm.unknown.pagefind'])('says so where it can’t load %s', async (file) => {
    await open('', async (page) => {
      await page.context().route(`**/${file}`, (route) => route.abort())
      await search(page, 'pooling')
      expect(await page.locator('.search-status').innerText()).toBe('The search could not be loaded.')
      // The next letter tries again.
      await page.context().unrouteAll()
      await page.keyboard.press('Backspace')
      await page.locator('.search-results mark').first().waitFor()
    })
  })

  it('fits a phone, and is shown in both schemes without a violation of accessibility', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      await open(
        '',
        async (page) => {
          await search(page, 'pooling')
          const { x, width } = (await page.locator(dialog).boundingBox())!
          expect([x >= 0, x + width <= 360]).toEqual([true, true])
          expect(await axeViolations(page)).toEqual([])
        },
        { viewport: { width: 360, height: 740 }, colorScheme },
      )
  })

  it('without JavaScript has no button, and says where a browser can search instead', async () => {
    await open(
      '',
      async (page) => {
        expect(await page.locator('.search-open').isVisible()).toBe(false)
        await page.locator('.search-without a').click()
        expect(await page.locator('h1').innerText()).toContain(shortTitle)
        expect(page.url()).toBe(`${site.url}all/`)
      },
      { javaScriptEnabled: false },
    )
  })
})
