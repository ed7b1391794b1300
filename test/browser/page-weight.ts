import type { Page, Request } from 'playwright-core'

/** What a page may weigh before interaction, in bytes as sent (texts compressed). */
const budgets = { 'HTML and CSS': 60_000, JavaScript: 15_000, fonts: 120_000 }
type Part = keyof typeof budgets

const partOf: Record<string, Part | undefined> = {
  document: 'HTML and CSS',
  stylesheet: 'HTML and CSS',
  script: 'JavaScript',
  font: 'fonts',
}

/** The whole report on one page, for printing: as heavy as all chapters together. */
const isWholeReport = (page: Page) => new URL(page.url()).pathname.endsWith('/all/')

/** Weighs what a page loads, from before it is opened; the function gives the budgets that it is over, one line each. */
export function weighPage(page: Page): () => Promise<string[]> {
  const requests: Request[] = []
  page.on('requestfinished', (request) => requests.push(request))
  return async () => {
    const weights = new Map<Part, number>()
    for (const request of requests) {
      const part = partOf[request.resourceType()]
      if (part) weights.set(part, (weights.get(part) ?? 0) + (await request.sizes()).responseBodySize)
    }
    return [...weights]
      .filter(([part, bytes]) => bytes > budgets[part] && !(part === 'HTML and CSS' && isWholeReport(page)))
      .map(([part, bytes]) => `too heavy: ${(bytes / 1000).toFixed(1)} kB of ${part}, more than ${budgets[part] / 1000} kB`)
  }
}

/** How far the page's parts have moved without the reader's doing (Cumulative Layout Shift), and which; asked in the browser. */
export const measureShift = (): Promise<string[]> =>
  new Promise((resolve) => {
    interface LayoutShift extends PerformanceEntry {
      value: number
      hadRecentInput: boolean
      sources: { node: Node | null }[]
    }
    const name = (node: Node | null) => (node instanceof Element ? `<${node.localName} class="${node.className}">` : 'a text')
    new PerformanceObserver((list) => {
      const shifts = (list.getEntries() as LayoutShift[]).filter(({ hadRecentInput }) => !hadRecentInput)
      resolve(
        shifts.map(({ value, sources }) => `layout shift of ${value.toFixed(4)}: ${sources.map((s) => name(s.node)).join(', ')}`),
      )
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve([]), 100) // the observer is called only where there were shifts
  })
