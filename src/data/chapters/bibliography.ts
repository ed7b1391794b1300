import { readFileSync } from 'node:fs'
import bibtex from 'bibtex-parse'

/** One work of references.bib. */
export interface Work {
  key: string
  /** Family and given names, in order; an institution has no given name. */
  authors: { family: string; given: string }[]
  year: string
  title: string
  /** The title's, as a BCP 47 tag, where it isn't English. */
  language: string | undefined
  /** Journal, book, publisher, institution: where it appeared. */
  place: string
  /** Of the work itself: its DOI's or its own. */
  address: string | undefined
}

const plain = (text: string) => text.replace(/[{}]/g, '').replace(/\s+/g, ' ').replace(/--/g, '–').trim()

function author(name: string): Work['authors'][number] {
  // Braces keep an institution's name whole.
  if (name.startsWith('{')) return { family: plain(name), given: '' }
  if (name === 'others') return { family: 'et al.', given: '' }
  const [family, given] = name.split(',')
  return { family: plain(family!), given: plain(given ?? '') }
}

/**
 * The works of a BibTeX file, by key. Authors are written "Family, Given and …" in UTF-8. Throws, naming file, entry and field, where
 * an entry lacks its author, title or year.
 */
export function readBibliography(file: string): Map<string, Work> {
  const works = bibtex.entries(readFileSync(file, 'utf8')).map((entry): Work => {
    const field = (name: string) => {
      const value = entry[name.toUpperCase()]
      if (value === undefined) throw new Error(`${file}: the entry ${entry.key} has no ${name}: add ${name} = {…}`)
      return value
    }
    const first = (...names: string[]) => names.map((name) => entry[name]).find(Boolean)
    const volume = first('VOLUME')
    const place = first('JOURNAL', 'BOOKTITLE', 'HOWPUBLISHED', 'INSTITUTION', 'PUBLISHER') ?? ''
    return {
      key: entry.key,
      authors: field('author')
        .split(/\s+and\s+/)
        .map(author),
      year: plain(field('year')),
      title: plain(field('title')),
      language: entry['LANGUAGE'],
      place: plain([place, volume].filter(Boolean).join(' ') + (entry['PAGES'] ? `, ${entry['PAGES']}` : '')),
      address: entry['DOI'] ? `https://doi.org/${entry['DOI']}` : entry['URL'],
    }
  })
  const byKey = new Map(works.map((work) => [work.key, work]))
  if (byKey.size < works.length) throw new Error(`${file}: two entries have the same key`)
  return byKey
}

/** "Clanuwat et al.", "Nguyen and Tran", "Semcovici". */
export function shortAuthors({ authors }: Work): string {
  if (authors.length > 2 || authors[1]?.family === 'et al.') return `${authors[0]!.family} et al.`
  return authors.map(({ family }) => family).join(' and ')
}

/** "Clanuwat, T., Bober-Irizar, M., …": all names, given ones as initials. */
export function fullAuthors({ authors }: Work): string {
  const initials = (given: string) =>
    given
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => `${[...name][0]}.`)
      .join(' ')
  return authors.map(({ family, given }) => (given ? `${family}, ${initials(given)}` : family)).join(', ')
}
