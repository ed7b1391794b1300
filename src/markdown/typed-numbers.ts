import { visit } from 'unist-util-visit'

/** A decimal or percentage found in prose. */
export interface TypedNumber {
  text: string
  line: number
}

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
const typed = /(?<![\w.])[\d,.]*\d\s*(?:%|per ?cent\b)|(?<![\w.])(?:\d+(?:,\d{3})*)?\.\d+(?:e[-+]?\d+)?|(?<![\w.])\d+e[-+]?\d+/gi

/** Decimals and percentages in a line of text. */
export const numbersIn = (text: string): string[] => [...text.matchAll(typed)].map(([match]) => match)

/**
 * A rule on a chapter's syntax tree (remark with MDX): every decimal and percentage that an author has typed into prose, where results
 * change and words must not. Code, mathematics and attributes are not prose; `<Given>…</Given>` marks what is not a result.
 * @param firstLine the number of the tree's first line in its file, from 1
 */
export function typedNumbers(tree: Parameters<typeof visit>[0], firstLine: number): TypedNumber[] {
  const found: TypedNumber[] = []
  visit(tree, (node: Node) => {
    if (node.name === given) return 'skip'
    // An expression's text is code, but what it writes is prose: {'93.1 %'}; so may be what an export is worth.
    if (!['text', 'mdxTextExpression', 'mdxFlowExpression', 'mdxjsEsm', 'image'].includes(node.type)) return undefined
    const start = (node.position?.start.line ?? 1) + firstLine - 1
    ;(node.value ?? node.alt ?? '').split('\n').forEach((text, i) => {
      for (const number of numbersIn(text)) found.push({ text: number, line: start + i })
    })
    return undefined
  })
  return found
}
