import { csvParse } from 'd3-dsv'
import { expect, test } from 'vitest'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import { downloadText, extensionsOf, figureEvidence, tableEvidence } from '../../src/data/downloads.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { writeNumber } from '../../src/data/write-number.ts'
import { figures, type FigureName } from '../../src/figures/index.ts'
import { writtenNumber } from '../../src/tables/data-sheet.ts'
import { tables, type TableName } from '../../src/tables/index.ts'
import type { Cell, TableData } from '../../src/tables/table-data.ts'
import { madeUpSite } from './made-up-site.ts'

const place = 'https://example.org/#finding'

const kinds = ['score', 'percent', 'count', 'seconds', 'millions'] as const

/** Whether a downloaded value says what the table's cell says, if less rounded. */
function says(value: string, cell: Cell): boolean {
  if (cell === null) return value === ''
  const text = typeof cell === 'string' ? cell : cell.text
  // An empty text would pass as zero.
  if (value === '') return text === '' || text === '–'
  return (
    value === text ||
    Number(value) === writtenNumber(text) ||
    kinds.some((kind) => writeNumber(Number(value), kind) === text) ||
    // Points are hundredths in the download too.
    writeNumber(Number(value) / 100, 'points') === text
  )
}

function expectSame(csv: string, json: string, { columns, rows, summary = [] }: TableData, name: string) {
  const parsed = csvParse(csv)
  const { rows: objects } = JSON.parse(json) as { rows: Record<string, string | number | null>[] }
  const cells = [...rows, ...summary]
  expect([name, parsed.length, parsed.columns.length, objects.length]).toEqual([name, cells.length, columns.length, cells.length])
  cells.forEach((row, i) =>
    row.forEach((cell, j) => {
      const column = parsed.columns[j]!
      const value = parsed[i]![column]!
      expect([name, column, value, says(value, cell)]).toEqual([name, column, value, true])
      expect([name, column, String(objects[i]![column] ?? '')]).toEqual([name, column, value])
    }),
  )
}

test('CSV and JSON of every table say what the table says', () => {
  for (const data of [madeUpSite({ weights: false }), madeUpSite({ experiments: ['cnn'], seeds: [1, 2], weights: false })])
    for (const name of Object.keys(tables) as TableName[]) {
      const table = tables[name](data, {})
      const evidence = tableEvidence(name, table)
      expect(extensionsOf(evidence)).toEqual(['csv', 'json'])
      expectSame(downloadText(evidence, 'csv', place), downloadText(evidence, 'json', place), table, name)
    }
})

test('CSV and JSON of every figure say what its table says, or have all that is drawn', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'] })
  const checked: FigureName[] = []
  for (const name of Object.keys(figures) as FigureName[]) {
    const content = figures[name](data, {})
    if (!content) continue // it needs an analysis or another protocol, which these records do not have
    checked.push(name)
    const evidence = figureEvidence(content)
    const json = downloadText(evidence, 'json', place)
    if (content.table && !content.data) expectSame(downloadText(evidence, 'csv', place), json, content.table, name)
    if (content.data)
      expect([name, csvParse(downloadText(evidence, 'csv', place)).length]).toEqual([name, content.data.rows.length])
    expect([name, extensionsOf(evidence).includes('svg')]).toEqual([name, Boolean(content.chart)])
  }
  expect(checked).toEqual(
    expect.arrayContaining(['finding', 'class-f1', 'confusion', 'accuracy-curves', 'gap', 'first-structure']),
  )
  expect(checked.length).toBeGreaterThanOrEqual(20)
})

test('the data of a figure have every seed and interval that it draws, unrounded', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  const rows = (name: FigureName) => csvParse(downloadText(figureEvidence(figures[name](data, {})!), 'csv', place))
  const { runs } = data.experiments.find(({ experiment }) => experiment.name === 'cnn')!
  const own = (name: FigureName, column: string) =>
    rows(name).flatMap((row) => (row['experiment'] === 'cnn' && row['seed'] !== '' ? Number(row[column]) : []))
  const scores = runs.map(({ evaluation }) => macroF1(evaluation.test.confusion))
  expect(own('finding', 'macro F1')).toEqual([data.published.experiments['cnn']!.macroF1, ...scores])
  expect(own('gap', 'test accuracy')).toEqual(runs.map(({ evaluation }) => evaluation.test.accuracy))
  const mean = rows('finding').find((row) => row['experiment'] === 'cnn' && row['source'] === 'ours, mean')!
  expect(Number(mean['95 % interval: low'])).toBeLessThan(Number(mean['macro F1']))
  const classes = rows('class-f1').filter((row) => row['experiment'] === 'cnn')
  expect(classes).toHaveLength(10)
  expect(Number(classes[2]!['95 % interval: high'])).toBeGreaterThan(Number(classes[2]!['F1']))
  expect(Number(classes[2]!['published F1'])).toBe(data.published.experiments['cnn']!.classF1[2])
  const layers = rows('parameters').filter((row) => row['experiment'] === 'cnn')
  expect(layers.map((row) => Number(row['parameters'])).reduce((a, b) => a + b)).toBe(1_199_882)
})

test('the data of learning curves are every epoch of the runs drawn, unrounded', () => {
  const data = madeUpSite({ weights: false })
  const [first] = csvParse(downloadText(figureEvidence(figures['accuracy-curves'](data, {})!), 'csv', place))
  const run = data.experiments[0]!.runs[0]!
  expect([first!['experiment'], Number(first!['validation accuracy'])]).toEqual([run.experiment, run.history[0]!.valAccuracy])
})

test('a drawing stands alone: no custom property, no attribute of the page’s script, fonts named', () => {
  const svg = downloadText(figureEvidence(figures.finding(madeUpSite({ weights: false }), {})!), 'svg', place)
  expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg).toContain('Source Sans 3')
  expect(svg).not.toMatch(/var\(| data-/)
})

const runNames = (data: SiteData, name: FigureName) =>
  figures[name](data, {})!.runs.map(({ experiment, seed }) => `${experiment} ${seed}`)

test('every figure and table names the runs behind it, with the commands that train them', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  expect(runNames(data, 'finding')).toEqual(['cnn 1', 'cnn 2', 'fcnn 1', 'fcnn 2'])
  expect(runNames(data, 'confusion')).toEqual(['cnn 1', 'cnn 2'])
  expect(runNames(data, 'accuracy-curves')).toEqual(['cnn 1', 'cnn 2', 'fcnn 1', 'fcnn 2'])
  expect(runNames(data, 'layers')).toEqual([])
  const { runs, commands } = JSON.parse(downloadText(figureEvidence(figures.finding(data, {})!), 'json', place)) as {
    runs: unknown[]
    commands: string[]
  }
  expect(runs[0]).toEqual({ protocol: 'corrected', experiment: 'cnn', seed: 1, commits: ['0'.repeat(40)] })
  expect(commands).toEqual(['npm run experiments -- train cnn fcnn --protocol corrected --seeds 1,2 --out /tmp/again'])
})

test('a written number is read back as it was meant', () => {
  const read = ['1,234', '.951', '−2.6', '95.3\u00a0%', '12.5\u00a0million', '–', '.947 to .955', '10 × 10'].map(writtenNumber)
  expect(read).toEqual([1234, 0.951, -2.6, 0.953, undefined, undefined, undefined, undefined])
})

test('asking for a form that a figure does not have says which it has', () => {
  const evidence = figureEvidence(figures.examples(madeUpSite(), {})!)
  expect(() => downloadText(evidence, 'csv', place)).toThrow(/has no csv: it has json/)
})

test('gives no address where it is not known where the site will stand', () => {
  const evidence = figureEvidence(figures.finding(madeUpSite({ weights: false }), {})!)
  expect(JSON.parse(downloadText(evidence, 'json', place))).toMatchObject({ address: place })
  expect(JSON.parse(downloadText(evidence, 'json', undefined))).not.toHaveProperty('address')
})
