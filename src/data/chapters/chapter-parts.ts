import GithubSlugger from 'github-slugger'
import remarkMath from 'remark-math'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { typedNumbers, type TypedNumber } from '../../markdown/typed-numbers.ts'

/** A component used in a chapter, such as `<Figure id="finding">`. */
export interface ComponentUse {
  name: string
  /** Attributes written as text; others (expressions) are null. */
  attributes: Record<string, string | null>
  line: number
  /** Inside an `<If>`: shown only where its claim holds. */
  conditional: boolean
}

/** What a chapter's text consists of, as far as the report's other parts depend on it. */
export interface ChapterParts {
  components: ComponentUse[]
  headings: { id: string; text: string; depth: number }[]
  links: { address: string; line: number }[]
  /** Pictures in Markdown's own form, with their alternative text. */
  pictures: { address: string; alt: string; line: number }[]
  /** Decimals and percentages in prose that nothing marks as given. */
  typedNumbers: TypedNumber[]
  /** Name of the first component or kind of the first block: a chapter opens with its `Answer`. */
  opening: string | undefined
}

const parser = unified().use(remarkParse).use(remarkMath).use(remarkMdx)

type Node = { type: string; children?: Node[]; value?: string }
const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('')

/** @param body the MDX below the front matter; @param firstLine the number of its first line in the file, from 1 */
export function chapterParts(body: string, firstLine: number): ChapterParts {
  const tree = parser.parse(body)
  const parts: ChapterParts = {
    components: [],
    headings: [],
    links: [],
    pictures: [],
    typedNumbers: typedNumbers(tree, firstLine),
    opening: undefined,
  }
  const conditional = new Set<unknown>()
  visit(tree, { name: 'If' }, (node) => visit(node, (inside) => void (inside !== node && conditional.add(inside))))
  const slugger = new GithubSlugger()
  const line = (node: { position?: { start: { line: number } } | undefined }) => (node.position?.start.line ?? 1) + firstLine - 1
  visit(tree, (node) => {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      const attributes = node.attributes.flatMap((attribute) =>
        attribute.type === 'mdxJsxAttribute'
          ? [
              [
                attribute.name,
                attribute.value === null ? '' : typeof attribute.value === 'string' ? attribute.value : null,
              ] as const,
            ]
          : [],
      )
      if (node.name)
        parts.components.push({
          name: node.name,
          attributes: Object.fromEntries(attributes),
          line: line(node),
          conditional: conditional.has(node),
        })
    } else if (node.type === 'heading') {
      const text = textOf(node)
      parts.headings.push({ id: slugger.slug(text), text, depth: node.depth })
    } else if (node.type === 'link' || node.type === 'definition') {
      parts.links.push({ address: node.url, line: line(node) })
    } else if (node.type === 'image') {
      parts.pictures.push({ address: node.url, alt: node.alt ?? '', line: line(node) })
    }
  })
  const first = tree.children.find(({ type }) => type !== 'mdxjsEsm')
  // A component alone on its line is a paragraph here; MDX takes it out of it.
  const opening = first?.type === 'paragraph' && first.children.length === 1 ? first.children[0] : first
  parts.opening =
    opening?.type === 'mdxJsxFlowElement' || opening?.type === 'mdxJsxTextElement' ? (opening.name ?? undefined) : opening?.type
  return parts
}
