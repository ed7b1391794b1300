import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import { LinkChecker, LinkState } from 'linkinator'
import { describe, expect, it } from 'vitest'
import { base, buildBoth, builtSite } from './built-site.ts'
import { serveSite } from './serve-site.ts'
import { sitePages } from './site-pages.ts'

describe.each(buildBoth())('the site of the %s records', async (name) => {
  const { folder } = await builtSite(name)
  const pages = sitePages(folder)
  const pageFile = (address: string) => join(folder, address.endsWith('.html') ? address : `${address}index.html`)

  it('has no dead link, no dead anchor and no page that nothing links to', async () => {
    const site = await serveSite(folder, base)
    const { links } = await new LinkChecker().check({
      path: site.url,
      recurse: true,
      checkFragments: true,
      checkCss: true,
      concurrency: 8,
      // Other hosts are not asked: a test must not depend on them.
      linksToSkip: (link) => Promise.resolve(new URL(link).host !== new URL(site.url).host),
    })
    await site.close()
    const dead = links.filter((link) => link.state === LinkState.BROKEN)
    expect(dead.map(({ url, parent, status }) => `${url} on ${parent}: ${status}`)).toEqual([])
    const seen = new Set(links.map(({ url }) => url.replace(/[?#].*$/, '')))
    expect(pages.filter((page) => page !== '404.html' && !seen.has(site.url + page))).toEqual([])
  })

  it('stays under its sub-path', () => {
    const leaving = pages.flatMap((page) =>
      [...readFileSync(pageFile(page), 'utf8').matchAll(/ (?:href|src)="(\/(?!\/)[^"]*)"/g)]
        .map((match) => match[1]!)
        .filter((target) => !target.startsWith(base))
        .map((target) => `${target} on /${page}`),
    )
    expect(leaving).toEqual([])
  })

  it('is valid HTML', async () => {
    const htmlValidate = new HtmlValidate({
      extends: ['html-validate:standard'],
      rules: {
        // Style, not validity: compressed HTML, and what KaTeX and Plot write.
        'no-inline-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        'attribute-boolean-style': 'off',
        'attribute-empty-style': 'off',
        'void-style': 'off',
        'doctype-style': 'off',
        'tel-non-breaking': 'off',
      },
    })
    const reports = await Promise.all(pages.map((page) => htmlValidate.validateFile(pageFile(page))))
    const messages = reports.flatMap((report, i) =>
      report.results.flatMap(({ messages }) =>
        messages.map((m) => `/${pages[i]}:${m.line} ${m.ruleId}: ${m.message} (${m.selector})`),
      ),
    )
    expect(messages).toEqual([])
  })
})
