import { chapterParts, type ChapterParts } from './chapter-parts.ts'

/** A chapter as its file has it. */
export interface ChapterSource {
  /** As error messages name it. */
  file: string
  /** Its address; '' for the front page. */
  slug: string
  title: string
  short?: string | undefined
  order: number
  body: string
  /** The line of the file on which the body begins. */
  firstLine: number
}

export interface OutlinedChapter extends ChapterSource {
  /** From 1 in the report's order; 0 for the front page. */
  number: number
  parts: ChapterParts
}

/** Something that a `<Ref>` can lead to. */
export interface Target {
  kind: 'Figure' | 'Table' | 'Equation' | 'Chapter' | 'Section'
  /** Within its kind, through the whole report; 0 for sections and the front page. */
  number: number
  title: string
  slug: string
  /** Within the page; '' for a chapter. */
  anchor: string
}

export interface Outline {
  chapters: OutlinedChapter[]
  /** By id: `finding` (figures, tables, equations), `pooling` (chapters), `method#adadelta` (sections). */
  targets: Map<string, Target>
}

const numbered = ['Figure', 'Table', 'Equation'] as const

/** Orders and numbers chapters, figures, tables and equations. Throws, naming file and line, where an id is missing or taken. */
export function outlineOf(sources: readonly ChapterSource[]): Outline {
  const chapters = [...sources]
    .sort((a, b) => a.order - b.order || a.slug.localeCompare(b.slug, 'en'))
    .map((source, number): OutlinedChapter => ({ ...source, number, parts: chapterParts(source.body, source.firstLine) }))
  const targets = new Map<string, Target>()
  const add = (id: string, target: Target, place: string) => {
    if (targets.has(id)) throw new Error(`${place}: the id "${id}" is taken by another part of the report: choose another`)
    targets.set(id, target)
  }
  for (const { slug, title, number, file } of chapters)
    add(slug || 'front', { kind: 'Chapter', number, title, slug, anchor: '' }, file)
  const counts = { Figure: 0, Table: 0, Equation: 0 }
  for (const { slug, file, parts } of chapters) {
    for (const { id, text } of parts.headings)
      add(`${slug || 'front'}#${id}`, { kind: 'Section', number: 0, title: text, slug, anchor: id }, file)
    for (const { name, attributes, line } of parts.components) {
      const kind = numbered.find((one) => one === name)
      if (!kind) continue
      const place = `${file}:${line}`
      if (!attributes['id']) throw new Error(`${place}: <${name}> needs an id: <${name} id="some-name">`)
      add(
        attributes['id'],
        { kind, number: ++counts[kind], title: attributes['of'] ?? '', slug, anchor: attributes['id'] },
        place,
      )
    }
  }
  return { chapters, targets }
}
