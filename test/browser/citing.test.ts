import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { readRunRecords, runLabel } from '../../experiments/results/read-results.ts'
import { reportTitle } from '../../src/data/report-title.ts'
import { shortCommit } from '../../src/data/train-commands.ts'
import { base, builtSite } from './built-site.ts'
import { sitePages } from './site-pages.ts'

const address = `https://example.org${base}`

describe('citing the site of the committed records', async () => {
  const { folder, resultsDir } = await builtSite('committed')
  /** Head and colophon of every page; what is between is long to read. */
  const pages = sitePages(folder)
    .filter((page) => page === '' || page.endsWith('/'))
    .map((page) => {
      const html = readFileSync(join(folder, page, 'index.html'), 'utf8')
      const [head = '', foot = ''] = [/<head>.*?<\/head>/s, /<footer class="colophon">.*?<\/footer>/s].map(
        (part) => part.exec(html)?.[0],
      )
      const { document } = parseHTML(`<html>${head}<body>${foot}</body></html>`)
      const tag = (key: string) => document.querySelector(`meta[name="${key}"], meta[property="${key}"]`)?.getAttribute('content')
      return { page, document, tag, foot: document.body.textContent.replace(/\s+/g, ' '), hasPdf: html.includes('report.pdf') }
    })
  const front = pages.find(({ page }) => page === '')!
  const all = readRunRecords(resultsDir)
  const ours = all.filter(({ protocol }) => protocol === 'corrected')

  it('every page has the number of results, their dates and commits, and a link to what has changed', () => {
    const [first] = all.flatMap(({ provenance }) => provenance.segments.map(({ start }) => start.slice(0, 10))).sort()
    const commits = all.map(({ provenance }) => shortCommit(provenance.commit))
    const lacking = pages.filter(
      ({ document, foot }) =>
        !foot.includes(`Results of ${all.length} runs, trained ${first}`) ||
        !commits.some((commit) => foot.includes(commit)) ||
        !document.querySelector(`a[href="${base}cite/#changes-since-publication"]`),
    )
    expect(lacking.map(({ page }) => page)).toEqual([])
  })

  it('the front page, and no other, has the tags of Google Scholar', () => {
    expect(pages.filter(({ tag }) => tag('citation_title')).map(({ page }) => page)).toEqual([''])
    expect(front.tag('citation_title')).toBe(reportTitle)
    expect(front.tag('citation_fulltext_html_url')).toBe(address)
  })

  it('the front page’s linked data have every record of ours, each where it says', () => {
    const { '@graph': graph } = JSON.parse(front.document.querySelector('script[type="application/ld+json"]')!.textContent) as {
      '@graph': { '@type': string; distribution?: { contentUrl: string }[] }[]
    }
    expect(graph.map((one) => one['@type'])).toEqual(['ScholarlyArticle', 'Dataset'])
    const linked = graph[1]!.distribution!.map(({ contentUrl }) => contentUrl)
    expect(linked).toEqual(expect.arrayContaining(ours.map((run) => `${address}runs/${runLabel(run)}.json`)))
    expect(linked.filter((url) => !existsSync(join(folder, url.slice(address.length))))).toEqual([])
  })

  it('a link’s picture is as large as sites show it, and every page names it', () => {
    const { width, height } = decode(readFileSync(join(folder, 'preview.png')))
    expect([width, height]).toEqual([1200, 630])
    expect(new Set(pages.map(({ tag }) => tag('og:image')))).toEqual(new Set([`${address}preview.png`]))
  })

  it('no page promises a PDF where none was made', () => {
    expect(pages.filter(({ hasPdf }) => hasPdf).map(({ page }) => page)).toEqual([])
  })
})
