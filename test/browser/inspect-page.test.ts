import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base } from './built-site.ts'
import { inspectPage } from './inspect-page.ts'
import { serveSite, type ServedSite } from './serve-site.ts'
import { temporaryFolder } from './temporary-folders.ts'

const csp = `default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'none'`
const page = (body: string, policy = csp) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="content-security-policy" content="${policy}"><title>A page</title><link rel="icon" href="data:,"><main><h1>A page</h1>${body}</main></html>`
/** Text that compression hardly makes smaller: so many thousand digits, of a fixed sequence. */
const dense = (thousands: number) =>
  Array.from({ length: thousands * 25 }, (_, i) => createHash('sha256').update(String(i)).digest('hex').slice(0, 40)).join(' ')
/** Moves a paragraph once it has been painted. */
const late = `<script src="late.js"></script><div id="late"></div><p>Text.</p>`
const lateScript = `requestAnimationFrame(() => setTimeout(() => (document.querySelector('#late').style.height = '300px'), 100))`
const chart = (labels: string) => `<svg width="100" height="50" role="img" aria-label="rates" font-size="10">${labels}</svg>`

/** A page with one fault each, and what must be said about it. */
const faults: Record<string, [body: string, expected: RegExp, policy?: string]> = {
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
  'a foreign picture': [
    '<img src="http://127.0.0.2:9/x.png" alt="none">',
    /request to another host: http:\/\/127\.0\.0\.2/,
    `${csp.replace("img-src 'self'", 'img-src *')}`,
  ],
  'a script the policy forbids': ['<script>document.title = "changed"</script>', /console error: .*Content Security Policy/],
  'a picture without alternative text': ['<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', /axe image-alt/],
  'a heavy text': [`<p>${dense(130)}</p>`, /too heavy: \d+\.\d kB of HTML and CSS, more than 60 kB/],
  'a heavy script': ['<script src="heavy.js"></script>', /too heavy: \d+\.\d kB of JavaScript, more than 15 kB/],
  'a heavy font': [
    '<link rel="stylesheet" href="heavy.css"><p style="font-family: heavy">Text.</p>',
    /too heavy: 130\.0 kB of fonts, more than 120 kB/,
  ],
  'a text that moves': [late, /layout shift of 0\.\d+: /],
  'a policy that lets scripts in': [
    'Sound.',
    /the Content-Security-Policy allows script-src 'unsafe-inline'/,
    csp.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
  ],
  'a policy with a hole': ['Sound.', /the Content-Security-Policy has no object-src/, csp.replace("object-src 'none'; ", '')],
  'a cookie': ['<script src="cookie.js"></script>', /the page sets a cookie: reader=1/],
  'pale text': ['<p style="color: #ccc; background: #fff">pale</p>', /axe color-contrast/],
}

describe('the inspection of a page', () => {
  const folder = temporaryFolder('faults')
  let site: ServedSite
  const write = (name: string, body: string, policy?: string) => {
    mkdirSync(join(folder, name), { recursive: true })
    const files = { 'index.html': page(body, policy), 'late.js': lateScript, 'heavy.js': `//${dense(40)}` }
    const font = { 'heavy.css': '@font-face { font-family: heavy; src: url(heavy.woff2) }', 'heavy.woff2': 'f'.repeat(130_000) }
    for (const [file, text] of Object.entries({ ...files, ...font, 'cookie.js': "document.cookie = 'reader=1'" }))
      writeFileSync(join(folder, name, file), text)
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
    const [body, expected, policy] = faults[fault]!
    const name = fault.replaceAll(' ', '-')
    write(name, body, policy)
    const problems = await inspectPage(`${site.url}${name}/`, { colorScheme: 'light', width: 360 })
    expect(problems).toContainEqual(expect.stringMatching(expected))
  })
})
