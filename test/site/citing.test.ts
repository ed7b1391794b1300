import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import bibtexParse from 'bibtex-parse'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { bibtex, citationSchema, jsonLd, readChanges, readCitation, scholarTags } from '../../src/data/citation.ts'
import { reportTitle } from '../../src/data/report-title.ts'
import { temporaryFolder } from './made-up-site.ts'

const root = resolve(import.meta.dirname, '..', '..')
const file = join(root, 'CITATION.cff')
const citation = readCitation(file)
const address = 'https://example.org/report/'

/** The schema that the format's authors publish (Druskat et al., Citation File Format 1.2.0, CC BY 4.0). */
function officialSchema() {
  const schema = JSON.parse(readFileSync(join(root, 'test', 'reference', 'citation-file-format-1.2.0.json'), 'utf8')) as object
  const ajv = new Ajv({ strict: false })
  formats.default(ajv)
  return ajv.compile(schema)
}

describe('CITATION.cff', () => {
  it('is valid by the format’s own schema, which refuses it without its authors', () => {
    const valid = officialSchema()
    const content = parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    expect([valid(content), valid.errors]).toEqual([true, null])
    const { authors, ...anonymous } = content
    expect([Array.isArray(authors), valid(anonymous)]).toEqual([true, false])
  })

  it('has the title and version that the report and its package have', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect([citation.title, citation['preferred-citation'].title, citation.version]).toEqual([reportTitle, reportTitle, version])
  })

  it('is refused by file, key and value where something is missing or unknown', () => {
    const wrong = join(temporaryFolder(), 'CITATION.cff')
    const content = parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    writeFileSync(wrong, JSON.stringify({ ...content, 'date-released': 'November' }))
    expect(() => readCitation(wrong)).toThrow(/CITATION\.cff: .*date-released.*November/s)
    expect(citationSchema.safeParse({ ...content, doi: undefined, orcid: '0' }).success).toBe(false)
  })
})

test('the BibTeX entry is read back by a parser with author, title, year, address, version and the commit of the results', () => {
  const [entry, ...others] = bibtexParse.entries(bibtex(citation, { address, commit: '1d42ba42' }))
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    type: 'misc',
    AUTHOR: 'The kuzushiji-report authors',
    TITLE: reportTitle,
    YEAR: '2026',
    URL: address,
    NOTE: `Version ${citation.version}, results of commit 1d42ba42`,
  })
  expect(bibtex(citation, {})).not.toMatch(/url|commit/)
})

test('Google Scholar gets a title, every author, a date as it wants dates, and the PDF where there is one', () => {
  const two = { ...citation['preferred-citation'], authors: [{ name: 'A' }, { 'family-names': 'B', 'given-names': 'C.' }] }
  const tags = scholarTags({ ...citation, 'preferred-citation': two }, { address, pdf: `${address}report.pdf` })
  const of = (name: string) => tags.filter(([tag]) => tag === name).map(([, content]) => content)
  expect(of('citation_title')).toEqual([reportTitle])
  expect(of('citation_author')).toEqual(['A', 'B, C.'])
  expect(of('citation_publication_date')).toEqual([citation['date-released'].replaceAll('-', '/')])
  expect(of('citation_pdf_url')).toEqual([`${address}report.pdf`])
  expect(scholarTags(citation, {}).filter(([tag]) => tag.endsWith('_url'))).toEqual([])
})

/** Property names and types are checked by schema.org's own vocabulary when it is compiled (schema-dts). */
test('JSON-LD says what the report cites and where its records are; addresses only where they are known', () => {
  const records = [{ name: 'corrected/cnn/seed-1', url: `${address}runs/corrected/cnn/seed-1.json` }]
  const { '@graph': graph } = jsonLd(citation, { address, description: 'A report.', records })
  expect(graph).toMatchObject([
    {
      '@type': 'ScholarlyArticle',
      '@id': `${address}#article`,
      image: `${address}preview.png`,
      citation: citation.references.map(({ title }) => ({ name: title })),
    },
    { '@type': 'Dataset', distribution: [{ '@type': 'DataDownload', contentUrl: records[0]!.url }] },
  ])
  const nowhere = JSON.stringify(jsonLd(citation, { description: 'A report.', records: [] }))
  expect(nowhere).not.toMatch(/@id|distribution|localhost|example\.org/)
})

test('changes since publication are told with their dates, the newest first', () => {
  const dates = readChanges(join(root, 'content', 'changes.yaml')).map(({ date }) => date)
  expect(dates.length).toBeGreaterThan(0)
  expect(dates).toEqual(dates.toSorted().reverse())
})
