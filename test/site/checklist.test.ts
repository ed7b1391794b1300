import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { checklistFile, checklistProblems, readChecklist, standing } from '../../src/data/chapters/checklist.ts'
import type { Target } from '../../src/data/chapters/outline.ts'
import { temporaryFolder } from './made-up-site.ts'

const write = (text: string) => {
  const file = join(temporaryFolder(), 'checklist.yaml')
  writeFileSync(file, text)
  return file
}
const target = (place: string): Target => ({
  kind: 'Section',
  number: 0,
  label: '',
  title: place,
  slug: place,
  anchor: '',
  place: 'content/chapters/method.mdx:1',
})
const targets = new Map([['method', target('method')]])

test('the report’s checklist has the twenty-five items, each with places or a reason', () => {
  const items = readChecklist(resolve(import.meta.dirname, '..', '..', ...checklistFile))
  expect(items).toHaveLength(25)
  expect(items.filter(({ at, lacking }) => !at && !lacking)).toEqual([])
  expect(new Set(items.map(({ asks }) => asks)).size).toBe(25)
})

test('an item with neither a place nor a reason is refused by its number', () => {
  expect(() => readChecklist(write('- asks: Seeds.\n  at: [method]\n- asks: Spread.\n  says: Somewhere.\n'))).toThrow(
    /checklist\.yaml: at 1.*neither answered nor excused: write at: .*lacking: /s,
  )
  expect(() => readChecklist(write('- asks: Seeds.\n  at: []\n'))).toThrow(/checklist\.yaml: at 0\.at/)
  expect(() => readChecklist(write('- asks: Seeds.\n  lacking: only 93.1 % are done\n'))).toThrow(/typed by hand/)
})

test('a place that the report has not is named, with those that there are', () => {
  const items = readChecklist(write('- asks: Seeds.\n  at: [method, runs/]\n- asks: Spread.\n  at: [methods]\n'))
  expect(checklistProblems(items, targets, ['runs/'])).toEqual([
    'content/checklist.yaml: item 2 is said to be answered at "methods": there is no such place; there are: method, runs/',
  ])
})

test('an item with places and something lacking, or without a planned run that it takes, is done in part', () => {
  const asks = 'Seeds.'
  const items = [{ at: ['method'] }, { at: ['method'], lacking: 'Six.' }, { lacking: 'All.' }, { at: ['method'], runs: 'audit-' }]
  const done = (missing: string[]) => items.map((one) => standing({ asks, ...one }, missing).done)
  expect(done(['published', 'audit-1'])).toEqual(['done', 'in part', 'not done', 'in part'])
  expect(done(['published'])).toEqual(['done', 'in part', 'not done', 'done'])
})
