import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { extractText } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { printReport } from '../../src/pdf/report-pdf.ts'
import { full } from '../helpers/full.ts'
import { base, builtSite, runAstro } from './built-site.ts'
import { temporaryFolder } from './temporary-folders.ts'

const published = 'https://example.org'
const megabyte = 1e6
/** Letters and figures only: line breaks and spacing differ between page and PDF. */
const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

describe('the PDF of the committed records’ report', async () => {
  const { folder } = await builtSite('committed')
  const pdf = await printReport(folder, base, published)
  const { text: pages } = await extractText(Uint8Array.from(pdf))
  const { document } = parseHTML(readFileSync(join(folder, 'all', 'index.html'), 'utf8'))
  for (const note of document.querySelectorAll('[popover]')) note.remove()

  it('numbers its pages, and is no larger than a mail may be', () => {
    expect(pages.length).toBeGreaterThan(30)
    expect(pages.map((text) => text.split('\n')[0])).toEqual(pages.map((_, i) => String(i + 1)))
    expect(pdf.length).toBeLessThan(8 * megabyte)
  })

  it('has the title of every chapter', () => {
    const all = letters(pages.join(''))
    const titles = [...document.querySelectorAll('.chapter > h2')].map((heading) => letters(heading.textContent))
    expect(titles.length).toBeGreaterThan(20)
    expect(titles.filter((title) => !all.includes(title))).toEqual([])
  })

  it('breaks no figure between pages: title and caption stand on one', () => {
    const figures = [...document.querySelectorAll('figure.figure')].filter((figure) => figure.querySelector('.figure-title'))
    expect(figures.length).toBeGreaterThan(20)
    const plain = pages.map(letters)
    const broken = figures.flatMap((figure) => {
      const title = letters(figure.querySelector('.figure-title')!.textContent)
      const number = figure.querySelector('.number')!.textContent.trim()
      const caption = letters(figure.querySelector('.caption')!.textContent).slice(0, 40)
      return plain.some((page) => page.includes(title) && page.includes(caption)) ? [] : [number]
    })
    expect(broken).toEqual([])
  })

  it('links to the published site, never to where it was made', () => {
    expect(pdf.includes('127.0.0.1')).toBe(false)
    expect(pdf.includes(`/URI (${published}${base}runs/)`)).toBe(true)
  })

  it('is the same bytes when it is printed again', async () => {
    expect((await printReport(folder, base, published)).equals(pdf)).toBe(true)
  })
})

it.runIf(full)('a build in the mode of npm run pdf has the PDF beside the pages, which link to it', async () => {
  const folder = temporaryFolder('with-pdf')
  await runAstro(['build', '--mode', 'pdf', '--outDir', folder])
  expect(readFileSync(join(folder, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  const front = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(front).toContain(`<a href="${base}report.pdf">as PDF</a>`)
  expect(front).toContain(`<meta name="citation_pdf_url" content="${published}${base}report.pdf">`)
})
