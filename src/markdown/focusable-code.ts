import { visit } from 'unist-util-visit'

interface HtmlNode {
  type: string
  tagName?: string
  properties?: Record<string, unknown>
}

/** A rehype plugin: blocks of code scroll sideways where they don't fit, so that they must be reachable by keyboard. */
export const focusableCode = () => (tree: HtmlNode) => {
  visit(tree, (node) => {
    if (node.tagName === 'pre') node.properties = { ...node.properties, tabIndex: 0 }
  })
}
