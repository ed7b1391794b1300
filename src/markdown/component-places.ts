import { visit } from 'unist-util-visit'

interface Node {
  type: string
  name?: string | null
  attributes?: unknown[]
}

const isComponent = (node: Node) => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'

/** The components whose place in the chapter names an id: a citation's own, or that of a number's note. */
const placed = new Set(['Analysed', 'Cite', 'Compare', 'Hardest', 'Mistake', 'Num', 'Published', 'Range', 'Speed', 'Structure'])

/**
 * A remark plugin: tells such components which element of the chapter they are (`place`, from 0, counting all that `chapterParts`
 * lists), so that ids are the same in every build and the reference list knows them.
 */
export const componentPlaces = () => (tree: Parameters<typeof visit>[0]) => {
  let place = 0
  visit(tree, (node: Node) => {
    if (!isComponent(node) || !node.name) return
    if (placed.has(node.name)) node.attributes?.push({ type: 'mdxJsxAttribute', name: 'place', value: String(place) })
    place++
  })
}

/** Of a citation, by its place in the chapter. */
export const citationId = (place: number | string): string => `cite-${place}`
