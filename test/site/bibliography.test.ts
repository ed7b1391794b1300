import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fullAuthors, readBibliography, shortAuthors } from '../../src/data/chapters/bibliography.ts'
import { temporaryFolder } from './made-up-site.ts'

test('names one, two and many authors, institutions and "and others"', () => {
  const file = join(temporaryFolder(), 'some.bib')
  const entry = (key: string, author: string) => `@misc{${key}, author = {${author}}, title = {T}, year = {2020}}`
  writeFileSync(
    file,
    [
      entry('one', 'Zeiler, Matthew D.'),
      entry('two', 'Glorot, Xavier and Bengio, Yoshua'),
      entry('many', 'A, B and C, D and E, F'),
      entry('others', 'Abadi, Martín and others'),
      entry('institution', '{Keras contributors}'),
    ].join('\n'),
  )
  const works = readBibliography(file)
  expect([...works.values()].map(shortAuthors)).toEqual([
    'Zeiler',
    'Glorot and Bengio',
    'A et al.',
    'Abadi et al.',
    'Keras contributors',
  ])
  expect(fullAuthors(works.get('one')!)).toBe('Zeiler, M. D.')
})

test('names file, entry and field where one is missing', () => {
  const file = join(temporaryFolder(), 'some.bib')
  writeFileSync(file, '@misc{nameless, title = {T}, year = {2020}}')
  expect(() => readBibliography(file)).toThrow(/some\.bib: the entry nameless has no author/)
})

test('says a title’s language where it isn’t English', () => {
  const file = join(temporaryFolder(), 'some.bib')
  const work = (key: string, fields: string) => `@misc{${key}, author = {A, B}, title = {T}, year = {2020}${fields}}`
  writeFileSync(file, [work('ours', ''), work('theirs', ', language = {pt-BR}')].join('\n'))
  expect([...readBibliography(file).values()].map(({ language }) => language)).toEqual([undefined, 'pt-BR'])
})

test('reads the report’s own references, each with an address', () => {
  const works = [...readBibliography('content/references.bib').values()]
  expect(works.filter(({ address }) => !address)).toEqual([])
  expect(works.map(({ key }) => key)).toContain('semcovici2024')
})
