import { chapterParts, type ChapterParts } from './chapter-parts.ts'
import { parts as reportParts, type Part } from './chapter-schema.ts'

/** A chapter as its file has it. */
export interface ChapterSource {
  /** As error messages name it. */
  file: string
  /** Its address; '' for the front page. */
  slug: string
  title: string
  short?: string | undefined
  part: Part
  order: number
  body: string
  /** The line of the file on which the body begins. */
  firstLine: number
}

export interface OutlinedChapter extends ChapterSource {
  /** From 1 in the report's order, appendices apart; 0 for the front page. */
  number: number
  /** As the list of chapters writes it: '' for the front page, '7', 'B' for the second appendix. */
  label: string
  parts: ChapterParts
}

/** Something that a `<Ref>` can lead to. */
export interface Target {
  kind: 'Figure' | 'Table' | 'Equation' | 'Chapter' | 'Appendix' | 'Section'
  /** Within its kind, through the whole report; 0 for sections and the front page. */
  number: number
  /** The number as it is written: '7', 'B'; '' for 0. */
  label: string
  title: string
  slug: string
  /** Within the page; '' for a chapter. */
  anchor: string
  /** Where it is written, as messages name it: file, or file:line. */
  place: string
}

export interface Outline {
  chapters: OutlinedChapter[]
  /** By id: `finding` (figures, tables, equations), `pooling` (chapters), `method#adadelta` (sections). */
  targets: Map<string, Target>
}

const parsed = new Map<string, { body: string; firstLine: number; parts: ChapterParts }>()

/** A chapter's parts, parsed again only where the file has changed: in `dev` the outline is made at every change of one chapter. */
function partsOf({ file, body, firstLine }: ChapterSource): ChapterParts {
  const known = parsed.get(file)
  if (known?.body === body && known.firstLine === firstLine) return known.parts
  const parts = chapterParts(body, firstLine)
  parsed.set(file, { body, firstLine, parts })
  return parts
}

const firstAppendix = 'A'.charCodeAt(0)
const label = (part: Part, number: number): string =>
  number === 0 ? '' : part === 'appendix' ? String.fromCharCode(firstAppendix + number - 1) : String(number)

const numbered = ['Figure', 'Table', 'Equation'] as const

/** Orders and numbers chapters, figures, tables and equations. Throws, naming file and line, where an id is missing or taken. */
export function outlineOf(sources: readonly ChapterSource[]): Outline {
  const chapters = [...sources]
    .sort(
      (a, b) =>
        reportParts.indexOf(a.part) - reportParts.indexOf(b.part) || a.order - b.order || a.slug.localeCompare(b.slug, 'en'),
    )
    .map((source, place, all): OutlinedChapter => {
      const number = source.part === 'appendix' ? place - all.findIndex(({ part }) => part === 'appendix') + 1 : place
      return { ...source, number, label: label(source.part, number), parts: partsOf(source) }
    })
  const targets = new Map<string, Target>()
  const add = (id: string, target: Omit<Target, 'place'>, place: string) => {
    if (targets.has(id)) throw new Error(`${place}: the id "${id}" is taken by another part of the report: choose another`)
    targets.set(id, { ...target, place })
  }
  for (const { slug, title, number, label, part, file } of chapters)
    add(slug || 'front', { kind: part === 'appendix' ? 'Appendix' : 'Chapter', number, label, title, slug, anchor: '' }, file)
  const counts = { Figure: 0, Table: 0, Equation: 0 }
  for (const { slug, file, parts } of chapters) {
    for (const { id, text } of parts.headings)
      add(`${slug || 'front'}#${id}`, { kind: 'Section', number: 0, label: '', title: text, slug, anchor: id }, file)
    for (const { name, attributes, line } of parts.components) {
      const kind = numbered.find((one) => one === name)
      if (!kind) continue
      const place = `${file}:${line}`
      if (!attributes['id']) throw new Error(`${place}: <${name}> needs an id: <${name} id="some-name">`)
      const { id, of: title = '' } = attributes
      const number = ++counts[kind]
      add(id, { kind, number, label: String(number), title: title ?? '', slug, anchor: id }, place)
    }
  }
  return { chapters, targets }
}
