import type { Dataset, Graph, Organization, Person, ScholarlyArticle } from 'schema-dts'
import { z } from 'zod'
import { readData } from './read-data.ts'

const text = z.string().min(1)
const date = z.iso.date()
const contact = { orcid: z.url().optional(), affiliation: text.optional(), website: z.url().optional() }
const entity = z.strictObject({ name: text, ...contact })
const person = z.strictObject({ 'family-names': text, 'given-names': text, ...contact })
const authors = z.array(z.union([entity, person])).min(1)
const reference = z.strictObject({
  type: text,
  title: text,
  authors,
  year: z.int().optional(),
  doi: text.optional(),
  url: z.url().optional(),
  notes: text.optional(),
})

/** The keys of the Citation File Format 1.2.0 that CITATION.cff uses; those it requires are required here. */
export const citationSchema = z.strictObject({
  'cff-version': z.literal('1.2.0'),
  message: text,
  type: z.enum(['software', 'dataset']),
  title: text,
  abstract: text,
  authors,
  version: text,
  'date-released': date,
  license: text,
  doi: text.optional(),
  'repository-code': z.url().optional(),
  keywords: z.array(text),
  'preferred-citation': reference.required({ year: true }),
  references: z.array(reference),
})
export type Citation = z.infer<typeof citationSchema>

export const changesSchema = z.array(
  z.strictObject({ date, what: text, /** Whether results differ from before. */ numbers: z.boolean() }),
)
export type Change = z.infer<typeof changesSchema>[number]

/** CITATION.cff, from which the site takes how it is cited. Throws, naming file, key and value, where it is not what it must be. */
export const readCitation = (file: string): Citation => readData(file, citationSchema)

/** `content/changes.yaml`. Throws likewise. */
export const readChanges = (file: string): Change[] => readData(file, changesSchema)

const nameOf = (author: Citation['authors'][number]) =>
  'name' in author ? author.name : `${author['family-names']}, ${author['given-names']}`

/** The report as a BibTeX entry; `address` where it is known where the site stands, `commit` that of the results shown. */
export function bibtex(
  citation: Citation,
  { address, commit }: { address?: string | undefined; commit?: string | undefined },
): string {
  const { title, authors: by, year } = citation['preferred-citation']
  const names = by.map((author) => ('name' in author ? `{${author.name}}` : nameOf(author))).join(' and ')
  const fields = {
    author: names,
    title: `{${title}}`,
    year: String(year),
    ...(address ? { url: address } : {}),
    note: `Version ${citation.version}${commit ? `, results of commit ${commit}` : ''}`,
  }
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`)
  return `@misc{kuzushiji-report${year},\n${lines.join(',\n')}\n}`
}

/** Google Scholar's tags, by name; names may repeat. */
export function scholarTags(
  citation: Citation,
  { address, pdf }: { address?: string | undefined; pdf?: string | undefined },
): [name: string, content: string][] {
  const day = citation['date-released'].replaceAll('-', '/')
  return [
    ['citation_title', citation['preferred-citation'].title],
    ...citation['preferred-citation'].authors.map((author): [string, string] => ['citation_author', nameOf(author)]),
    ['citation_publication_date', day],
    ['citation_technical_report_institution', 'kuzushiji-report'],
    ['citation_language', 'en'],
    ...citation.keywords.map((word): [string, string] => ['citation_keywords', word]),
    ...(address ? [['citation_fulltext_html_url', address] as [string, string]] : []),
    ...(pdf ? [['citation_pdf_url', pdf] as [string, string]] : []),
  ]
}

const contentLicence = 'https://creativecommons.org/licenses/by/4.0/'

/** The report and its run records as schema.org has them; addresses only where it is known where the site stands. */
export function jsonLd(
  citation: Citation,
  {
    address,
    description,
    records,
  }: { address?: string | undefined; description: string; records: { name: string; url: string }[] },
): Graph {
  const agent = (one: Citation['authors'][number]): Organization | Person =>
    'name' in one ? { '@type': 'Organization', name: one.name } : { '@type': 'Person', name: nameOf(one) }
  const common = {
    author: citation.authors.map(agent),
    license: contentLicence,
    datePublished: citation['date-released'],
    version: citation.version,
    inLanguage: 'en',
    isAccessibleForFree: true,
  }
  const works = citation.references.map(({ type, title, authors: by, year, doi, url }) => ({
    '@type': type === 'data' ? ('Dataset' as const) : ('CreativeWork' as const),
    name: title,
    author: by.map(agent),
    ...(year ? { datePublished: String(year) } : {}),
    ...(doi ? { url: `https://doi.org/${doi}` } : url ? { url } : {}),
  }))
  const article: ScholarlyArticle = {
    '@type': 'ScholarlyArticle',
    headline: citation.title,
    name: citation.title,
    abstract: citation.abstract,
    description,
    keywords: citation.keywords.join(', '),
    ...common,
    ...(address ? { '@id': `${address}#article`, url: address, image: `${address}preview.png` } : {}),
    citation: works,
  }
  const dataset: Dataset = {
    '@type': 'Dataset',
    name: `Run records of “${citation.title}”`,
    description:
      'One JSON record for each training run of the report: settings, history by epoch, scores with confusion matrices, and where and with what it was trained.',
    ...common,
    ...(address ? { '@id': `${address}#records`, url: `${address}runs/` } : {}),
    ...(records.length
      ? {
          distribution: records.map(({ name, url }) => ({
            '@type': 'DataDownload',
            name,
            contentUrl: url,
            encodingFormat: 'application/json',
          })),
        }
      : {}),
  }
  return { '@context': 'https://schema.org', '@graph': [article, dataset] }
}
