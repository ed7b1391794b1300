import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { parseHTML } from 'linkedom'

/** What a page of the built site holds, for another generator to make a page of as much. */
export interface SitePage {
  /** Below the base, without slash or ending: `index`, `runs/index`, `runs/corrected/cnn/seed-1`. */
  name: string
  title: string
  /** Headings (with their level), paragraphs and list items in their order; mathematics as plain text. */
  text: { level: number | null; words: string }[]
  /** Cells as plain text, the head row first. */
  tables: string[][][]
  /** How many charts are drawn in it. */
  charts: number
  /** Files of its pictures, in the site's folder. */
  pictures: string[]
}

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim()

function readPage(folder: string, file: string): SitePage {
  const { document } = parseHTML(readFileSync(join(folder, file), 'utf8'))
  const main = document.querySelector('main')
  if (!main) throw new Error(`${join(folder, file)} has no <main>: it is no page of this site`)
  const outside = (element: Element) => !element.closest('table, svg')
  const texts = [...main.querySelectorAll('h2, h3, p, li, .caption')].filter(outside)
  const sources = [...main.querySelectorAll('img')].map((image) => image.getAttribute('src') ?? '')
  return {
    name: file
      .split(sep)
      .join('/')
      .replace(/\.html$/, '')
      .replace(/(.)\/index$/, '$1'),
    title: words(document.querySelector('h1') ?? main),
    text: texts.map((element) => ({
      level: /^H[23]$/.test(element.tagName) ? Number(element.tagName[1]) : null,
      words: words(element),
    })),
    tables: [...main.querySelectorAll('table')].map((table) =>
      [...table.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('th, td')].map(words)),
    ),
    charts: main.querySelectorAll('.chart-pair').length,
    pictures: [...new Set(sources)].filter((source) => source.startsWith('/')),
  }
}

/** The pages of a site built for the root of its host, in the order of their addresses. */
export const readSite = (folder: string): SitePage[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && !file.startsWith('pagefind'))
    .sort()
    .map((file) => readPage(folder, file))

/** How much there is of everything, in words. */
export function describeContent(pages: readonly SitePage[]): string {
  const total = (of: (page: SitePage) => number) => pages.reduce((sum, page) => sum + of(page), 0)
  const pictures = total((page) => page.pictures.length)
  return `${pages.length} pages, ${total((page) => page.charts)} charts, ${total((page) => page.tables.length)} tables, ${pictures} pictures`
}
