import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { readRunRecords, recordPath, runLabel } from '../../experiments/results/read-results.ts'
import { base, builtSite } from './built-site.ts'
import { serveSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'
import { sitePages } from './site-pages.ts'

describe('the runs of the site of the committed records', async () => {
  const { folder, resultsDir } = await builtSite('committed')
  const site = await serveSite(folder, base)
  const runs = readRunRecords(resultsDir).filter(({ protocol }) => ['corrected', 'published'].includes(protocol))
  afterAll(() => site.close())

  async function openIndex(use: (page: Page) => Promise<void>, javaScriptEnabled = true) {
    const context = await (await sharedBrowser()).newContext({ javaScriptEnabled })
    try {
      const page = await context.newPage()
      await page.goto(`${site.url}runs/`, { waitUntil: 'networkidle' })
      await use(page)
    } finally {
      await context.close()
    }
  }
  const accuracies = (page: Page) =>
    page
      .locator('table[data-sortable]')
      .first()
      .locator('tbody tr > td:nth-child(4)')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.dataset['value'])))
  const ascending = (values: number[]) => values.toSorted((a, b) => a - b)

  it('have a page each by our protocol and by the original’s, which the index links to, and no other run has one', async () => {
    const pages = sitePages(folder).filter((page) => /^runs\/./.test(page))
    expect(pages).toEqual(runs.map((run) => `runs/${runLabel(run)}/`).sort())
    await openIndex(async (page) => {
      const linked = await page.locator('table a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
      expect(linked.sort()).toEqual(pages.map((one) => base + one))
    })
  })

  it('can be had as the records that are committed, byte for byte', async () => {
    for (const run of runs) {
      const response = await fetch(`${site.url}runs/${runLabel(run)}.json`)
      expect(await response.text()).toBe(readFileSync(recordPath(resultsDir, run), 'utf8'))
    }
  })

  it('are sorted by keyboard, by the number behind what is written', async () => {
    await openIndex(async (page) => {
      expect((await accuracies(page)).length).toBe(runs.length)
      const heading = page.locator('th', { hasText: 'Test accuracy' }).first()
      for (let i = 0; i < 150 && !(await heading.evaluate((th) => th.contains(document.activeElement))); i++)
        await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await heading.getAttribute('aria-sort')).toBe('ascending')
      expect(await accuracies(page)).toEqual(ascending(await accuracies(page)))
      await page.keyboard.press('Enter')
      expect(await heading.getAttribute('aria-sort')).toBe('descending')
      expect(await accuracies(page)).toEqual(ascending(await accuracies(page)).reverse())
      expect(await page.locator('[aria-sort]').count()).toBe(1)
    })
  })

  it('without a number stand last, whichever way the table is sorted', async () => {
    await openIndex(async (page) => {
      const heading = page.locator('th', { hasText: 'Validation accuracy' }).first()
      const column = await heading.evaluate((th) => (th as HTMLTableCellElement).cellIndex)
      const given = () =>
        heading.evaluate(
          (th, i) => [...th.closest('table')!.tBodies[0]!.rows].map(({ cells }) => cells[i]!.dataset['value'] !== undefined),
          column,
        )
      const wanted = (await given()).toSorted((a, b) => Number(b) - Number(a))
      expect(new Set(wanted)).toEqual(new Set([true, false]))
      for (const order of ['ascending', 'descending']) {
        await heading.locator('button').click()
        expect([await heading.getAttribute('aria-sort'), await given()]).toEqual([order, wanted])
      }
    })
  })

  it('stand in a table that promises no sorting without JavaScript', async () => {
    await openIndex(async (page) => {
      expect(await page.locator('th button').count()).toBe(0)
      expect((await accuracies(page)).length).toBe(runs.length)
    }, false)
  })
})
