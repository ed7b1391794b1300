import type { Outline } from './outline.ts'

/** The names that chapters may use, by the component and attribute that take them. */
export interface KnownNames {
  citations: ReadonlySet<string>
  experiments: ReadonlySet<string>
  measures: ReadonlySet<string>
  publishedMeasures: ReadonlySet<string>
  claims: ReadonlySet<string>
  figures: ReadonlySet<string>
  tables: ReadonlySet<string>
  components: ReadonlySet<string>
}

/** "Did you mean" for people: what there is, in order. */
const list = (names: Iterable<string>) => [...names].sort().join(', ')

/**
 * Everything in chapters that would not resolve, each as "file:line: what is wrong, and what there is". The build stops where the
 * list isn't empty.
 */
export function chapterProblems({ chapters, targets }: Outline, known: KnownNames): string[] {
  const problems: string[] = []
  for (const { file, slug, parts } of chapters) {
    if (slug && parts.opening !== 'Answer')
      problems.push(`${file}: a chapter opens with its answer: begin with <Answer>…</Answer>`)
    for (const { address, line } of parts.links)
      if (!/^(https?:|#)/.test(address))
        problems.push(
          `${file}:${line}: the link to "${address}" breaks below a sub-path: use <Ref to="…">, or an address with https://`,
        )
    for (const { name, attributes, line } of parts.components) {
      const complain = (attribute: string, names: ReadonlySet<string>, what: string) => {
        const value = attributes[attribute]
        if (value === undefined) problems.push(`${file}:${line}: <${name}> needs ${attribute}="…", one of: ${list(names)}`)
        else if (value !== null && !names.has(value))
          problems.push(`${file}:${line}: <${name} ${attribute}="${value}">: there is no such ${what}; there are: ${list(names)}`)
      }
      if (/^[A-Z]/.test(name) && !known.components.has(name))
        problems.push(`${file}:${line}: there is no component <${name}>; there are: ${list(known.components)}`)
      if (name === 'Ref') complain('to', new Set(targets.keys()), 'figure, table, equation, chapter or section')
      if (name === 'Cite')
        for (const key of (attributes['of'] ?? '').split(/\s*,\s*/))
          if (!known.citations.has(key))
            problems.push(
              `${file}:${line}: <Cite of="${key}">: content/references.bib has no such key; it has: ${list(known.citations)}`,
            )
      if (name === 'Num') {
        complain('of', known.measures, 'measure')
        complain('experiment', known.experiments, 'experiment')
      }
      if (name === 'Published') {
        complain('of', known.publishedMeasures, 'published value')
        complain('experiment', known.experiments, 'experiment')
      }
      if (name === 'Compare') {
        complain('a', known.experiments, 'experiment')
        complain('b', known.experiments, 'experiment')
      }
      if (name === 'If') complain('claim', known.claims, 'claim')
      if (name === 'Figure') complain('of', known.figures, 'figure')
      if (name === 'Table') complain('of', known.tables, 'table')
    }
  }
  return problems
}
