import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base } from './built-site.ts'
import { inspectPage } from './inspect-page.ts'
import { serveSite, type ServedSite } from './serve-site.ts'
import { temporaryFolder } from './temporary-folders.ts'

const csp = `<meta http-equiv="content-security-policy" content="default-src 'self'; style-src 'self' 'unsafe-inline'; img-src * data:">`
const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8">${csp}<title>A page</title><link rel="icon" href="data:,"><main><h1>A page</h1>${body}</main></html>`
const chart = (labels: string) => `<svg width="100" height="50" role="img" aria-label="rates" font-size="10">${labels}</svg>`

/** A page with one fault each, and what must be said about it. */
const faults: Record<string, [body: string, expected: RegExp]> = {
  'a wide table': ['<div class="t" style="width: 2000px">wide</div>', /scrolls sideways: 2008 of 360 px; .*class="t"/],
  'an unformatted number': ['<p>accuracy NaN %</p>', /unformatted value in text: accuracy NaN %/],
  'a path without a place': [chart('<path d="M0,NaN"/>'), /unformatted value in <path d="M0,NaN">/],
  'an unresolved citation': ['<p>as shown [@lecun1998]</p>', /unformatted value in text: as shown/],
  'a label cut off': [chart('<text x="80" y="20">accuracy</text>'), /chart "rates": "accuracy" is cut off: \d/],
  'labels on one another': [
    chart('<text x="5" y="20">CNN</text><text x="8" y="22">FCNN</text>'),
    /chart "rates": "CNN" lies on "FCNN"/,
  ],
  'a missing picture': ['<img src="absent.png" alt="none">', /answer 404: .*absent\.png/],
  'a foreign picture': ['<img src="http://127.0.0.2:9/x.png" alt="none">', /request to another host: http:\/\/127\.0\.0\.2/],
  'a script the policy forbids': ['<script>document.title = "changed"</script>', /console error: .*Content Security Policy/],
  'a picture without alternative text': ['<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', /axe image-alt/],
  'pale text': ['<p style="color: #ccc; background: #fff">pale</p>', /axe color-contrast/],
}

describe('the inspection of a page', () => {
  const folder = temporaryFolder('faults')
  let site: ServedSite
  const write = (name: string, body: string) => {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'index.html'), page(body))
  }
  beforeAll(async () => {
    site = await serveSite(folder, base)
  })
  afterAll(() => site.close())

  it('says nothing about a sound page', async () => {
    write('sound', `<p>Sound.</p>${chart('<text x="5" y="12">CNN</text><text x="5" y="24">FCNN</text>')}`)
    expect(await inspectPage(`${site.url}sound/`, { colorScheme: 'dark', width: 360 })).toEqual([])
  })

  it.concurrent.for(Object.keys(faults))('finds %s', async (fault, { expect }) => {
    const [body, expected] = faults[fault]!
    const name = fault.replaceAll(' ', '-')
    write(name, body)
    const problems = await inspectPage(`${site.url}${name}/`, { colorScheme: 'light', width: 360 })
    expect(problems).toContainEqual(expect.stringMatching(expected))
  })
})
