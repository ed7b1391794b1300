import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { glossaryFile, readGlossary } from '../../src/data/chapters/glossary.ts'
import { temporaryFolder } from './made-up-site.ts'

const write = (text: string) => {
  const file = join(temporaryFolder(), 'glossary.yaml')
  writeFileSync(file, text)
  return file
}

test('the report’s glossary has at least fifteen words, each with an id of its own', () => {
  const entries = readGlossary(resolve(import.meta.dirname, '..', '..', ...glossaryFile))
  expect(entries.length).toBeGreaterThanOrEqual(15)
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  expect(entries.find(({ term }) => term === 'macro F1')!.id).toBe('macro-f1')
})

test('a word explained twice, or not at all, is refused by name and place', () => {
  expect(() => readGlossary(write('- term: epoch\n  means: One.\n- term: Epoch\n  means: Two.\n'))).toThrow(
    /"epoch" is explained twice/,
  )
  expect(() => readGlossary(write('- term: epoch\n'))).toThrow(/glossary\.yaml: at 0\.means/)
})
