import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describeContent, readSite } from '../../experiments/bench/site-content.ts'
import { sitePeerNames, sitePeers } from '../../experiments/bench/site-peers.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'site-peers-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

const page = (title: string, main: string) =>
  `<!doctype html><html><body><nav><p>Not of the page</p></nav><main><h1>${title}</h1>${main}</main></body></html>`

/** Two pages as this project builds them, in small. */
function builtSite(): string {
  const site = folder()
  for (const name of ['runs', 'pictures', 'pagefind']) mkdirSync(join(site, name))
  const table = '<table><tr><th>Model</th><th>F1</th></tr><tr><td>CNN</td><td>.95 | \${x}</td></tr></table>'
  const charts = '<div class="chart-pair"><svg><text>Not prose</text></svg></div>'.repeat(2)
  writeFileSync(join(site, 'index.html'), page('Front', `<h2>Why <b>so</b></h2><p>It is \${1 + 1} &lt;b&gt;.</p>${table}`))
  writeFileSync(join(site, 'runs', 'index.html'), page('Runs', `${charts}<img src="/pictures/a.png"><img src="/pictures/a.png">`))
  writeFileSync(join(site, 'pictures', 'a.png'), 'a picture')
  writeFileSync(join(site, 'pagefind', 'ui.html'), 'no page')
  return site
}

describe('the content of a built site', () => {
  it('is each page’s text, tables, charts and pictures, and nothing of its frame', () => {
    expect(readSite(builtSite())).toEqual([
      {
        name: 'index',
        title: 'Front',
        text: [
          { level: 2, words: 'Why so' },
          { level: null, words: 'It is \${1 + 1} <b>.' },
        ],
        tables: [
          [
            ['Model', 'F1'],
            ['CNN', '.95 | \${x}'],
          ],
        ],
        charts: 0,
        pictures: [],
      },
      { name: 'runs', title: 'Runs', text: [], tables: [], charts: 2, pictures: ['/pictures/a.png'] },
    ])
  })

  it('is counted in words', () => {
    expect(describeContent(readSite(builtSite()))).toBe('2 pages, 2 charts, 1 tables, 1 pictures')
  })

  it('is refused where a file is no page of a site', () => {
    const site = folder()
    writeFileSync(join(site, 'index.html'), '<p>Other</p>')
    expect(() => readSite(site)).toThrow(/index\.html has no <main>/)
  })
})

describe.each(sitePeerNames)('a project for %s', (name) => {
  const written = () => {
    const [site, project] = [builtSite(), folder()]
    sitePeers[name].write(project, readSite(site), site)
    const files = readdirSync(project, { recursive: true, encoding: 'utf8' })
    const read = (ending: string) =>
      readFileSync(
        join(
          project,
          files.find((file) => file.endsWith(ending))!,
        ),
        'utf8',
      )
    return { project, files, read }
  }

  it('has a file for each page, whose words are no markup', () => {
    const { files, read } = written()
    expect(files.filter((file) => file.endsWith('.md'))).toHaveLength(2)
    const front = read('index.md')
    expect(front).toContain('# Front\n\n## Why so\n\nIt is &#36;&#123;1 &#43; 1&#125; &#60;b&#62;.')
    expect(front).toContain('| Model | F1 |\n| --- | --- |\n| CNN | .95 &#124; &#36;&#123;x&#125; |')
  })

  it('has the pictures, and as many charts', () => {
    const { project, files, read } = written()
    const runs = read('runs.md')
    const [picture] = /\/pictures\/[^")]+/.exec(runs)!
    const root = name === 'framework' ? join(project, 'src') : project
    expect(readFileSync(join(root, picture), 'utf8')).toBe('a picture')
    const charts = [...runs.matchAll(/\/(data\/[^")]+)/g)].map((match) => match[1]!)
    expect(charts).toHaveLength(2)
    for (const chart of charts) expect(existsSync(join(root, chart)), files.join()).toBe(true)
  })
})
