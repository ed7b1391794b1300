import { visit } from 'unist-util-visit'

/** A decimal or percentage found in prose. */
export interface TypedNumber {
  text: string
  line: number
}

/** What stands within a sentence; all else ends it. */
const inline = new Set(['text', 'emphasis', 'strong', 'delete', 'link', 'mdxJsxTextElement', 'mdxTextExpression'])

/** Around what was not measured here, such as a constant of a protocol, a level of confidence or a licence's version. */
const given = 'Given'

interface Node {
  type: string
  name?: string | null
  value?: string
  /** Of a picture. */
  alt?: string | null
  position?: { start: { line: number } } | undefined
}

/** A decimal (0.93, .93, 1e-7), or a number before a percent sign; thousands (60,000) and years are neither. */
const typed = /(?<![\w.])[\d,.]*\d\s*(?:%|per\s?cent\b)|(?<![\w.])(?:\d+(?:,\d{3})*)?\.\d+(?:e[-+]?\d+)?|(?<![\w.])\d+e[-+]?\d+/gi

/** Decimals and percentages in a text. */
export const numbersIn = (text: string): string[] => [...text.matchAll(typed)].map(([match]) => match)

/**
 * A rule on a chapter's syntax tree (remark with MDX): every decimal and percentage that an author has typed into prose, where results
 * change and words must not, broken over lines or set in bold too. Code, mathematics and attributes are not prose; `<Given>…</Given>`
 * marks what is not a result.
 * @param firstLine the number of the tree's first line in its file, from 1
 */
export function typedNumbers(tree: Parameters<typeof visit>[0], firstLine: number): TypedNumber[] {
  let prose = ''
  // The line of each of its characters.
  const lines: number[] = []
  const read = (text: string, start: number) => {
    let line = start
    for (let i = 0; i < text.length; i++) lines.push(text[i] === '\n' ? line++ : line)
    prose += text
  }
  visit(tree, (node: Node) => {
    const start = (node.position?.start.line ?? 1) + firstLine - 1
    // No number reaches over it.
    if (!inline.has(node.type) || node.name === given) read('|', start)
    if (node.name === given) return 'skip'
    // An expression's text is code, but what it writes is prose: {'93.1 %'}; so may be what an export is worth.
    if (['text', 'mdxTextExpression', 'mdxFlowExpression', 'mdxjsEsm', 'image'].includes(node.type))
      read(node.value ?? node.alt ?? '', start)
    return undefined
  })
  return [...prose.matchAll(typed)].map((match) => ({ text: match[0].replace(/\s+/g, ' '), line: lines[match.index]! }))
}
