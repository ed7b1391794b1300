import { visit } from 'unist-util-visit'

interface Node {
  type: string
  name?: string | null
  children?: Node[]
  value?: string
  position?: { start: Place; end: Place } | undefined
}
interface Place {
  line: number
  column: number
}

/** The components that stand within sentences and hold words of their own. */
const wordy = new Set(['Compare', 'Given', 'If', 'Term', 'Verdict'])

const isComponent = (node: Node | undefined) => node?.type === 'mdxJsxFlowElement'
/** Words on one line; where the component stands around whole paragraphs they are its children. */
const holdsWords = (node: Node) =>
  isComponent(node) && wordy.has(node.name ?? '') && node.children?.[0] !== undefined && node.children[0].type !== 'paragraph'
const onOneLine = (before: Node, after: Node) => before.position?.end.line === after.position?.start.line

/** A line of components as a sentence; MDX also drops the blanks between them. */
function sentence(line: readonly Node[]): Node {
  const children = line.flatMap((node, i) => {
    const end = line[i - 1]?.position?.end.column
    const blank = end !== undefined && node.position && end < node.position.start.column
    return [...(blank ? [{ type: 'text', value: ' ' }] : []), { ...node, type: 'mdxJsxTextElement' }]
  })
  return { type: 'paragraph', children }
}

/**
 * A remark plugin: MDX takes a line that holds nothing but components out of its paragraph. Where these hold words (`<If>` after `<If>`)
 * the line is a sentence, and is put back into one.
 */
export const componentSentences = () => (tree: Parameters<typeof visit>[0]) => {
  visit(tree, (node: Node) => {
    if (!node.children?.some(holdsWords)) return
    const lines: Node[][] = []
    for (const child of node.children) {
      const line = lines.at(-1)
      const last = line?.at(-1)
      if (line && last && isComponent(last) && isComponent(child) && onOneLine(last, child)) line.push(child)
      else lines.push([child])
    }
    node.children = lines.flatMap((line) => (line.some(holdsWords) ? [sentence(line)] : line))
  })
}
