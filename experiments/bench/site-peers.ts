import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SitePage } from './site-content.ts'

/** Site generators from outside. */
export const sitePeerNames = ['framework', 'myst'] as const
export type SitePeerName = (typeof sitePeerNames)[number]

export interface SitePeer {
  title: string
  /** What npm installs. */
  packages: Record<string, string>
  /** The command's script within node_modules, and its arguments. */
  command: [script: string, ...args: string[]]
  /** What it draws its charts with, for the record. */
  setting: string
  /** Writes a project with these pages; their pictures are taken from `site`. */
  write: (folder: string, pages: readonly SitePage[], site: string) => void
}

/** Text that no Markdown takes for markup. */
const plain = (words: string) => words.replace(/[^\p{L}\p{N} .,]/gu, (character) => `&#${character.codePointAt(0)};`)

const table = ([head = [], ...rows]: readonly (readonly string[])[]) => {
  const line = (cells: readonly string[]) => `| ${head.map((_, i) => plain(cells[i] ?? '')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

const texts = ({ text }: SitePage) => text.map(({ level, words }) => `${level ? `${'#'.repeat(level)} ` : ''}${plain(words)}`)

/** Five curves of sixty epochs, as the report's charts of training have. */
const curves = Array.from({ length: 300 }, (_, i) => ({
  series: `network ${Math.floor(i / 60) + 1}`,
  epoch: (i % 60) + 1,
  accuracy: 1 - 0.5 * Math.exp(-(i % 60) / (5 + Math.floor(i / 60))),
}))

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** A page's file with what stands beside it: pictures under names of their own, the charts' data. */
function writePage(folder: string, page: SitePage, site: string, parts: (pictures: string[]) => string[]): void {
  const pictures = page.pictures.map((source, i) => {
    const name = `${page.name.replaceAll('/', '-')}-${i}${/\.[a-z]+$/.exec(source)?.[0] ?? ''}`
    const target = join(folder, 'pictures', name)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(site, source), target)
    return `/pictures/${name}`
  })
  writeFile(join(folder, `${page.name}.md`), parts(pictures).join('\n\n') + '\n')
}

const chartData = (page: SitePage, chart: number) => `data/${page.name.replaceAll('/', '-')}-${chart}.json`

/** Observable Framework: charts are drawn by the reader's browser, from data that the build copies and a library that it bundles. */
const framework: SitePeer = {
  title: 'Observable Framework',
  packages: { '@observablehq/framework': '1.13.4', '@observablehq/plot': '0.6.17' },
  command: ['@observablehq/framework/dist/bin/observable.js', 'build'],
  setting: 'charts left to the reader’s browser, its own search',
  write(folder, pages, site) {
    // Its default stylesheet asks Google for fonts, and its cells ask a network of others for libraries: both are put locally.
    const configuration = { root: 'src', output: 'dist', title: 'The same report', search: true, globalStylesheets: [] }
    writeFile(join(folder, 'observablehq.config.js'), `export default ${JSON.stringify(configuration)}\n`)
    const root = join(folder, 'src')
    for (const page of pages) {
      const charts = Array.from({ length: page.charts }, (_, i) => i)
      for (const i of charts) writeFile(join(root, chartData(page, i)), JSON.stringify(curves))
      const chart = (i: number) =>
        `\`\`\`js\nPlot.plot({ marks: [Plot.lineY(await FileAttachment("/${chartData(page, i)}").json(), { x: "epoch", y: "accuracy", stroke: "series" })] })\n\`\`\``
      writePage(root, page, site, (pictures) => [
        `# ${plain(page.title)}`,
        ...(charts.length ? ['```js\nimport * as Plot from "@observablehq/plot"\n```'] : []),
        ...texts(page),
        ...page.tables.map(table),
        ...charts.map(chart),
        ...pictures.map((picture) => `<img src="${picture}" alt="A picture">`),
      ])
    }
  },
}

/** MyST: it draws no charts, so they are finished SVG files here. Its HTML takes a theme from api.mystmd.org. */
const myst: SitePeer = {
  title: 'MyST',
  packages: { mystmd: '1.8.3' },
  command: ['mystmd/dist/myst.cjs', 'build', '--html', '--ci'],
  setting: 'charts as finished pictures, book-theme',
  write(folder, pages, site) {
    const files = pages.map(({ name }) => `    - file: ${name}.md`)
    const lines = [
      'version: 1',
      'project:',
      '  title: The same report',
      '  toc:',
      ...files,
      'site:',
      '  template: book-theme',
      '',
    ]
    writeFile(join(folder, 'myst.yml'), lines.join('\n'))
    const points = curves.map(({ epoch, accuracy }) => `${epoch * 10},${(400 * (1 - accuracy)).toFixed(1)}`)
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 400"><polyline fill="none" stroke="black" points="${points.join(' ')}"/></svg>`
    for (const page of pages) {
      const charts = Array.from({ length: page.charts }, (_, i) => chartData(page, i).replace(/json$/, 'svg'))
      for (const chart of charts) writeFile(join(folder, chart), drawing)
      writePage(folder, page, site, (pictures) => [
        `# ${plain(page.title)}`,
        ...texts(page),
        ...page.tables.map(table),
        ...[...pictures, ...charts.map((chart) => `/${chart}`)].map((picture) => `![A picture](${picture})`),
      ])
    }
  },
}

export const sitePeers: Record<SitePeerName, SitePeer> = { framework, myst }
