import { afterAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { experiments } from '../../experiments/catalogue.ts'
import { readRunRecords } from '../../experiments/results/read-results.ts'
import { base, builtSite } from './built-site.ts'
import { serveSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'

type ContextOptions = NonNullable<Parameters<Awaited<ReturnType<typeof sharedBrowser>>['newContext']>[0]>

const preview = '.preview:popover-open'

describe.concurrent('reading the site of the committed records', async () => {
  const { folder, resultsDir } = await builtSite('committed')
  const site = await serveSite(folder, base)
  afterAll(() => site.close())

  async function open(address: string, use: (page: Page) => Promise<void>, options: ContextOptions = {}) {
    const context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 900 }, ...options })
    try {
      const page = await context.newPage()
      await page.goto(site.url + address, { waitUntil: 'networkidle' })
      await use(page)
    } finally {
      await context.close()
    }
  }

  /** Moves the focus with the Tab key alone until it is on the first match. */
  async function tabTo(page: Page, selector: string) {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    }
    throw new Error(`150 presses of Tab do not reach ${selector}`)
  }

  it.each([
    ['a term', 'a.term', /mean over the ten classes/],
    ['a citation', '.cite a', /Semcovici, P\. \(2024\)/],
    ['a reference', 'a.ref', /Figure|Question|Chapter|CNN/],
  ])('%s shows its preview on keyboard focus, and Escape closes it', async (_, selector, words) => {
    await open('', async (page) => {
      await tabTo(page, selector)
      // That of what the focus passed on its way may still be closing.
      await expect.poll(() => page.locator(preview).innerText()).toMatch(words)
      await page.keyboard.press('Escape')
      await page.locator(preview).waitFor({ state: 'detached' })
      expect(await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)).toBe(true)
    })
  })

  it('a preview opens under the pointer and closes when it leaves', async () => {
    await open('', async (page) => {
      await page.locator('.cite a').first().hover()
      await page.locator(preview).waitFor()
      await page.mouse.move(1, 1)
      await page.locator(preview).waitFor({ state: 'detached' })
    })
  })

  it('on touch the first tap shows what a link leads to, the link inside follows it', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
    await open(
      '',
      async (page) => {
        const before = page.url()
        await page.locator('a.ref').first().tap()
        await page.locator(preview).waitFor()
        expect(page.url()).toBe(before)
        const box = (await page.locator(preview).boundingBox())!
        expect([box.x >= 0, box.x + box.width <= 360]).toEqual([true, true])
        await page.locator(`${preview} .preview-onward`).tap()
        await page.waitForURL((url) => url.href !== before)
      },
      phone,
    )
  })

  it('on touch a link whose page can’t be fetched is followed, and asked for again later', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
    await open(
      '',
      async (page) => {
        const link = page.locator('main a.ref[href*="/reproduction/"]').first()
        const wanted = new URL((await link.getAttribute('href'))!, page.url()).href
        let refused = 0
        await page.route(wanted, (route) =>
          route.request().isNavigationRequest() || refused++ ? route.continue() : route.abort('connectionfailed'),
        )
        await link.tap()
        await page.waitForURL(wanted)
        expect(refused).toBe(1)
      },
      phone,
    )
  })

  it('a number’s note opens by Enter, not by focus alone, whose links would be stops on the way', async () => {
    await open('', async (page) => {
      await tabTo(page, '.with-note')
      expect(await page.locator(preview).count()).toBe(0)
      await page.keyboard.press('Enter')
      expect(await page.locator(preview).innerText()).toMatch(/over|Published/)
      await page.keyboard.press('Escape')
      await page.locator(preview).waitFor({ state: 'detached' })
      expect(await page.evaluate(() => document.activeElement?.matches('.with-note'))).toBe(true)
    })
  })

  it('a number’s note that was opened stays, though the page of a link passed before comes later', async () => {
    await open('', async (page) => {
      let answer: (() => Promise<void>) | undefined
      await page.route(/\/glossary\/$/, (route) => {
        answer = () => route.continue()
      })
      await tabTo(page, 'a.term')
      await expect.poll(() => Boolean(answer)).toBe(true)
      await tabTo(page, '.with-note')
      await page.keyboard.press('Enter')
      const note = await page.locator(preview).innerText()
      const answered = page.waitForResponse(/\/glossary\/$/)
      await answer!()
      await answered
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
      expect(await page.locator(preview).innerText()).toBe(note)
    })
  })

  it('in the whole report a link to a chapter shows its title and answer, not all of it', async () => {
    await open('all/', async (page) => {
      await page.locator('a.ref[href^="#chapter-"]').first().focus()
      await tabTo(page, 'a.ref[href^="#chapter-"]')
      await page.locator(preview).waitFor()
      expect(await page.locator(`${preview} :is(svg, table, img)`).count()).toBe(0)
      expect((await page.locator(preview).innerText()).length).toBeLessThan(1500)
    })
  })

  it('without JavaScript a number’s note opens by a click, and Escape closes it', async () => {
    await open(
      '',
      async (page) => {
        await page.locator('.with-note').first().click()
        await page.locator(preview).waitFor()
        await page.keyboard.press('Escape')
        await page.locator(preview).waitFor({ state: 'detached' })
      },
      { javaScriptEnabled: false },
    )
  })

  it('arrow keys go through a chart’s values and highlight the experiment in every chart', async () => {
    await open('comparison/', async (page) => {
      await tabTo(page, '.chart-pair')
      await page.keyboard.press('ArrowRight')
      const value = page.locator('.chart-value:visible')
      const first = await value.innerText()
      expect(first).toMatch(/F1 \.\d{3}/)
      await page.keyboard.press('ArrowRight')
      expect(await value.innerText()).not.toBe(first)
      expect(await page.locator('.chart .dim').count()).toBeGreaterThan(0)
      await page.keyboard.press('Escape')
      expect(await page.locator('.chart .dim, .chart-value:visible').count()).toBe(0)
    })
  })

  it('the value stands at its mark, and follows the pointer along a curve', async ({ expect }) => {
    await open('learning-curves/', async (page) => {
      const chart = page.locator('#accuracy-curves .chart-pair')
      const value = chart.locator('.chart-value')
      await chart.focus()
      await page.keyboard.press('Home')
      const ring = (await chart.locator('.ring').boundingBox())!
      const box = (await value.boundingBox())!
      const frame = (await chart.boundingBox())!
      expect(Math.abs(ring.y - (box.y + box.height))).toBeLessThan(20)
      expect([ring.x > frame.x + 10, ring.y > frame.y + 10, box.x >= frame.x]).toEqual([true, true, true])
      const first = await value.innerText()
      await page.mouse.move(ring.x + ring.width / 2 + 60, ring.y - 20)
      await expect.poll(() => value.innerText()).not.toBe(first)
      expect(await value.innerText()).toMatch(/epoch \d+: validation/)
      // Escape hides it wherever the focus is, until the pointer comes to another.
      await chart.evaluate((pair: HTMLElement) => pair.blur())
      await page.mouse.move(ring.x + ring.width / 2 + 60, ring.y - 21)
      await page.keyboard.press('Escape')
      await page.mouse.move(ring.x + ring.width / 2 + 60, ring.y - 20)
      expect(await value.isVisible()).toBe(false)
      await page.mouse.move(ring.x + ring.width / 2 + 90, ring.y - 20)
      await expect.poll(() => value.isVisible()).toBe(true)
    })
  })

  it('a curve says its values, as its record has them', async () => {
    await open('learning-curves/', async (page) => {
      await page.locator('#accuracy-curves .chart-pair').focus()
      await page.keyboard.press('End')
      const words = await page.locator('#accuracy-curves .chart-value').innerText()
      const drawn = readRunRecords(resultsDir).filter(({ protocol }) => protocol === 'corrected')
      const { history } = drawn.find(({ experiment }) => experiment === experiments.at(-1)!.name)!
      const { epoch, valAccuracy } = history.at(-1)!
      expect(words).toContain(`epoch ${epoch}: validation ${(valAccuracy * 100).toFixed(1)}\u00a0%`)
    })
  })

  it('a cell of the confusion map leads to its characters, the filter to an address that can be gone back to', async () => {
    await open('mistakes/', async (page) => {
      const map = page.locator('#confusion-cnn .chart-wide [data-cell="2-3"]')
      await map.click()
      await page.waitForURL(/errors\/cnn\/\?true=2&read=3#2-3$/)
      const shown = page.locator('.cell:not([hidden])')
      const sections = await page.locator('.cell').count()
      // Without the data set there is no filter: the page says so and has the counts.
      if (sections === 0) return expect(await page.locator('.figure-missing').innerText()).toMatch(/data set was not at hand/)
      expect(await shown.count()).toBe(1)
      await page.locator('select[name="read"]').selectOption('')
      expect(page.url()).toMatch(/errors\/cnn\/\?true=2$/)
      expect(await shown.count()).toBeGreaterThan(1)
      await page.locator('select[name="others"]').selectOption('none')
      const right = await page
        .locator('.cell li:not([hidden])')
        .evaluateAll((items) => items.map((item) => item.dataset['right']))
      expect(new Set(right)).toEqual(new Set(['0']))
      await page.goBack()
      expect(await page.locator('select[name="others"]').inputValue()).toBe('')
    })
  })
})
