import { expect, it, test } from 'vitest'
import { pageProblems } from '../../src/checks/page-problems.ts'

const page = (body: string) => `<!doctype html><html lang="en"><head><title>A page</title></head><body>${body}</body></html>`
const chart = '<svg role="img" aria-label="rates"><g><path d="M0,1"/></g></svg>'

it('says nothing about a sound page', () => {
  const sound = `<figure id="a"><div>${chart}</div><figcaption>So it is.</figcaption></figure>
    <figure id="b"><p class="figure-missing">Not run yet</p></figure><p><data value="0.9">.900</data></p>
    <img src="a.png" alt=""><code>x === undefined</code><script>const x = undefined</script>
    <script type="application/ld+json">{"name": "a < b & c"}</script>`
  expect(pageProblems(page(sound))).toEqual([])
})

test.each([
  ['a number that is none', '<p>It reads NaN % of them.</p>', 'unformatted value in text: It reads NaN % of them.'],
  ['a value that is not there', '<td>undefined</td>', 'unformatted value in text: undefined'],
  ['an object', '<p>by [object Object]</p>', 'unformatted value in text: by [object Object]'],
  ['an unresolved citation', '<p>as shown [@lecun1998]</p>', 'unformatted value in text: as shown [@lecun1998]'],
  ['an address', '<a href="/runs/undefined/">a run</a>', 'unformatted value in <a href="/runs/undefined/">'],
  [
    'a path without a place',
    '<figure id="f"><svg role="img" aria-label="x"><path d="M0,NaN"/></svg></figure>',
    'figure "f": unformatted value in <path d="M0,NaN">',
  ],
  ['an empty figure', '<figure id="f"><div></div><figcaption>Words.</figcaption></figure>', 'figure "f" is empty'],
  [
    'a figure with its data only',
    '<figure id="f"><p>A title</p><figcaption>Words.<div class="sources"><table></table><pre>train</pre></div></figcaption></figure>',
    'figure "f" is empty',
  ],
  [
    'an empty chart',
    '<figure id="f"><svg role="img" aria-label="x"><g></g></svg></figure>',
    'figure "f": the chart "x" is empty',
  ],
  [
    'a chart without words',
    `<figure id="f">${chart.replace('aria-label="rates"', '')}</figure>`,
    'figure "f": a chart has no alternative text',
  ],
  ['a picture without words', '<img src="a.png">', '<img src="a.png"> has no alternative text'],
  ['a number without a number', '<data value="1"> </data>', 'an empty number: <data {"value":"1"}>'],
  ['linked data cut off', '<script type="application/ld+json">{"a":</script>', 'linked data that is no JSON: {"a":'],
])('finds %s', (_, body, expected) => {
  expect(pageProblems(page(body))).toEqual([expected])
})
