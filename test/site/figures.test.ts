import { expect, test } from 'vitest'
import type { SiteData } from '../../src/data/site-data.ts'
import { figures, type FigureName } from '../../src/figures/index.ts'
import { tables, type TableName } from '../../src/tables/index.ts'
import { macroF1Table } from '../../src/tables/macro-f1.ts'
import { settingsTable } from '../../src/tables/settings.ts'
import { madeUpSite } from './made-up-site.ts'

const figureNames = Object.keys(figures) as FigureName[]
const tableNames = Object.keys(tables) as TableName[]
const broken = /undefined|NaN|Infinity|\[object/

/** All words and drawings of a figure or table, in one text. */
function everything(data: SiteData, name: FigureName): string {
  const content = figures[name](data, {})
  if (!content) return ''
  const { title, subtitle, alt, chart, sheets = [], table } = content
  expect([name, title.length > 0, subtitle.length > 0, alt.length > title.length / 2]).toEqual([name, true, true, true])
  expect([name, Boolean(chart) || sheets.length > 0]).toEqual([name, true])
  const drawings = chart ? [chart({ label: alt, width: 680 }), chart({ label: alt, width: 340 })] : []
  return JSON.stringify([title, subtitle, alt, table, sheets.map((sheet) => [sheet.name, sheet.alt]), drawings])
}

/** Runs of every kind that figures are made of. */
const everythingRun = () =>
  madeUpSite(
    {},
    { protocol: 'published', seeds: [42], weights: false },
    { protocol: 'audit-1.0', experiments: ['cnn', 'fcnn'], weights: false },
    { protocol: 'sweep-adadelta-0.001', experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false },
  )

const stages: [string, () => SiteData][] = [
  ['nothing was run', () => madeUpSite()],
  ['only the CNN was run', () => madeUpSite({ experiments: ['cnn'] })],
  ['everything was run', everythingRun],
  ['several seeds were run', () => madeUpSite({ experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })],
]

test.each(stages)('no figure or table shows a broken value when %s', (_, site) => {
  const data = site()
  for (const name of figureNames) expect([name, everything(data, name).match(broken)?.[0]]).toEqual([name, undefined])
  for (const name of tableNames)
    expect([name, JSON.stringify(tables[name](data, {})).match(broken)?.[0]]).toEqual([name, undefined])
})

test('makes every figure once everything was run, and none about runs before', () => {
  const [nothing, all] = [madeUpSite(), everythingRun()]
  expect(figureNames.filter((name) => !figures[name](all, {}))).toEqual([])
  const always = ['finding', 'examples', 'averages', 'layers', 'parameters', 'augmented']
  expect(figureNames.filter((name) => figures[name](nothing, {}))).toEqual(always)
})

test('leaves the cells of experiments that were not run empty, for the page to say so', () => {
  const { rows } = macroF1Table(madeUpSite({ experiments: ['cnn'], weights: false }), {})
  expect(rows.find(([name]) => name === 'FCNN')).toEqual(['FCNN', { text: '.890', value: 0.8904 }, null, null, null])
  expect(rows.find(([name]) => name === 'CNN')).not.toContain(null)
})

test('gives the original’s settings beside ours, with a reason wherever they differ', () => {
  const { rows } = settingsTable(madeUpSite(), {})
  expect(rows[0]!.slice(0, 3)).toEqual([
    'Optimizer',
    'Adadelta, rate 0.001, rho 0.95, epsilon 1e-7',
    'Adadelta, rate 1, rho 0.95, epsilon 1e-7',
  ])
  for (const [setting, , ours, reason] of rows)
    expect([setting, ours === 'the same', reason === '']).toEqual([setting, ours === 'the same', ours === 'the same'])
})

test('says that characters are drawn where the data set is not at hand', () => {
  const data = madeUpSite()
  expect([figures.examples, figures.averages, figures.augmented].map((figure) => figure(data, {})!.characters)).toEqual([
    'drawn',
    'drawn',
    'drawn',
  ])
})
