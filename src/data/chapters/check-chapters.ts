import type { ComponentUse } from './chapter-parts.ts'
import type { Outline, OutlinedChapter } from './outline.ts'

/** The names that chapters may use, by the component and attribute that take them. */
export interface KnownNames {
  citations: ReadonlySet<string>
  experiments: ReadonlySet<string>
  protocols: ReadonlySet<string>
  measures: ReadonlySet<string>
  analysed: ReadonlySet<string>
  publishedMeasures: ReadonlySet<string>
  speedFacts: ReadonlySet<string>
  weightLayers: ReadonlySet<string>
  kernelMeasures: ReadonlySet<string>
  claims: ReadonlySet<string>
  figures: ReadonlySet<string>
  tables: ReadonlySet<string>
  terms: ReadonlySet<string>
  components: ReadonlySet<string>
}

/** What is wrong, and where in the chapter: its line, or none where it is the chapter as a whole. */
interface Problem {
  line?: number
  text: string
}

/** "Did you mean" for people: what there is, in order. */
const list = (names: Iterable<string>) => [...names].sort().join(', ')

/** Attributes that take a name, by component: whose names, what to call one, and whether it may be left out. */
type Names = 'targets' | Exclude<keyof KnownNames, 'components' | 'citations'>
const named: [component: string, attribute: string, names: Names, what: string, optional?: 'optional'][] = [
  ['Ref', 'to', 'targets', 'figure, table, equation, chapter or section'],
  ['Num', 'of', 'measures', 'measure'],
  ['Num', 'experiment', 'experiments', 'experiment'],
  ['Num', 'protocol', 'protocols', 'protocol', 'optional'],
  ['Analysed', 'of', 'analysed', 'number of an analysis'],
  ['Analysed', 'experiment', 'experiments', 'experiment', 'optional'],
  ['Published', 'of', 'publishedMeasures', 'published value'],
  ['Published', 'experiment', 'experiments', 'experiment'],
  ['Compare', 'a', 'experiments', 'experiment'],
  ['Compare', 'b', 'experiments', 'experiment'],
  ['Compare', 'protocol', 'protocols', 'protocol', 'optional'],
  ['Hardest', 'experiment', 'experiments', 'experiment'],
  ['Mistake', 'experiment', 'experiments', 'experiment'],
  ['Structure', 'experiment', 'experiments', 'experiment'],
  ['Structure', 'layer', 'weightLayers', 'layer'],
  ['Structure', 'part', 'kernelMeasures', 'part of a kernel', 'optional'],
  ['Structure', 'protocol', 'protocols', 'protocol', 'optional'],
  ['Speed', 'of', 'speedFacts', 'fact of the benchmarks'],
  ['Speed', 'experiment', 'experiments', 'experiment', 'optional'],
  ['If', 'claim', 'claims', 'claim'],
  ['Reproduced', 'claim', 'claims', 'claim'],
  ['Figure', 'of', 'figures', 'figure'],
  ['Figure', 'experiment', 'experiments', 'experiment', 'optional'],
  ['Table', 'of', 'tables', 'table'],
  ['Table', 'experiment', 'experiments', 'experiment', 'optional'],
  ['Term', 'of', 'terms', 'term of the glossary'],
]

/** The other attributes, with their values where only some are taken. */
const others: Record<string, Record<string, readonly string[] | 'any'>> = {
  Analysed: { interval: 'any', unit: 'any' },
  Checklist: { count: 'any' },
  Cite: { of: 'any', narrative: 'any' },
  Equation: { id: 'any' },
  Figure: { id: 'any' },
  If: { is: ['yes', 'no', 'unknown'] },
  Ledger: { counts: 'any' },
  Num: { interval: 'any', unit: 'any' },
  Published: { interval: 'any' },
  Range: { group: ['plain', 'augmented', 'all'], published: 'any' },
  Ref: { first: 'any' },
  Structure: { untrained: 'any' },
  Table: { id: 'any' },
  Verdict: { claim: 'any', is: 'any' },
}

/** The attributes that a component takes from a chapter. */
export const attributesOf = (component: string): string[] => [
  ...named.flatMap(([name, attribute]) => (name === component ? [attribute] : [])),
  ...Object.keys(others[component] ?? {}),
]

/** What would be left out without a word: an attribute, or a value of one, that the component does not have. */
function strayAttributes({ name, attributes }: ComponentUse): string[] {
  const taken = attributesOf(name)
  return Object.entries(attributes).flatMap(([attribute, value]) => {
    if (!taken.includes(attribute)) return [`<${name}> has no attribute ${attribute}; it has: ${list(taken) || 'none'}`]
    const values = others[name]?.[attribute] ?? 'any'
    return values === 'any' || value === null || values.includes(value)
      ? []
      : [`<${name} ${attribute}="${value}">: it can be: ${list(values)}`]
  })
}

function linkProblem(address: string, anchors: ReadonlySet<string>): string | undefined {
  if (/^https?:/.test(address)) return undefined
  if (!address.startsWith('#'))
    return `the link to "${address}" breaks below a sub-path: use <Ref to="…">, or an address with https://`
  if (anchors.has(address.slice(1))) return undefined
  return `the link to "${address}": this chapter has no such place; it has: ${list(anchors)}`
}

function componentProblems(use: ComponentUse, known: KnownNames, targets: ReadonlySet<string>): Problem[] {
  const { name, attributes, line } = use
  const problems: Problem[] = []
  const complain = (text: string) => problems.push({ line, text })
  if (/^[A-Z]/.test(name) && !known.components.has(name))
    complain(`there is no component <${name}>; there are: ${list(known.components)}`)
  else if (/^[A-Z]/.test(name)) strayAttributes(use).forEach(complain)
  for (const [component, attribute, names, what, optional] of named) {
    if (component !== name) continue
    const value = attributes[attribute]
    const there = names === 'targets' ? targets : known[names]
    if (value === undefined) {
      if (!optional) complain(`<${name}> needs ${attribute}="…", one of: ${list(there)}`)
    } else if (value !== null && !there.has(value))
      complain(`<${name} ${attribute}="${value}">: there is no such ${what}; there are: ${list(there)}`)
  }
  if (name === 'Cite')
    for (const key of (attributes['of'] ?? '').split(/\s*,\s*/))
      if (!known.citations.has(key))
        complain(`<Cite of="${key}">: content/references.bib has no such key; it has: ${list(known.citations)}`)
  if (name === 'img' && attributes['alt'] === undefined) complain('<img> needs alt="…", its finding in words')
  return problems
}

function problemsOf({ slug, parts }: OutlinedChapter, targets: Outline['targets'], known: KnownNames): Problem[] {
  const anchors = new Set([...targets.values()].filter((one) => one.slug === slug && one.anchor).map(({ anchor }) => anchor))
  const written = (element: string, attribute: string) =>
    parts.components.flatMap(({ name, attributes, line }) =>
      name === element && attributes[attribute] ? [{ address: attributes[attribute], line }] : [],
    )
  // A picture beside its chapter is bundled with it; one of the site's root has an address like a link's.
  const pictures = [...parts.pictures, ...written('img', 'src')].filter(({ address }) => address.startsWith('/'))
  const links = [...parts.links, ...written('a', 'href'), ...pictures]
  return [
    ...(slug && parts.opening !== 'Answer' ? [{ text: 'a chapter opens with its answer: begin with <Answer>…</Answer>' }] : []),
    ...links.flatMap(({ address, line }) => {
      const text = linkProblem(address, anchors)
      return text ? [{ line, text }] : []
    }),
    ...parts.pictures.flatMap(({ alt, line }) =>
      alt ? [] : [{ line, text: 'a picture needs alternative text: ![its finding](…)' }],
    ),
    ...parts.typedNumbers.map(({ text, line }) => ({
      line,
      text: `"${text}" is typed by hand: take a result from <Num> or <Published>; mark what is no result, such as a constant, as <Given>${text}</Given>`,
    })),
    ...parts.components.flatMap((use) => componentProblems(use, known, new Set(targets.keys()))),
  ]
}

/**
 * Everything in chapters that would not resolve or that must not be typed by hand, each as "file:line: what is wrong, and what to do".
 * The build stops where the list isn't empty.
 */
export const chapterProblems = ({ chapters, targets }: Outline, known: KnownNames): string[] =>
  chapters.flatMap((chapter) =>
    problemsOf(chapter, targets, known).map(({ line, text }) => `${chapter.file}${line ? `:${line}` : ''}: ${text}`),
  )
