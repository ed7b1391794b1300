import type { Page } from 'playwright-core'

/** Collects what goes wrong while a page of the site at `siteUrl` loads and runs: the list grows as long as the page lives. */
export function watchPage(page: Page, siteUrl: string): string[] {
  const problems: string[] = []
  const { host } = new URL(siteUrl)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()} (${request.failure()?.errorText})`))
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`answer ${response.status()}: ${response.url()}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== host) problems.push(`request to another host: ${url.href}`)
  })
  return problems
}
