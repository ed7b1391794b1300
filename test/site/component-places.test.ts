import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { expect, test } from 'vitest'
import { chapterParts } from '../../src/data/chapters/chapter-parts.ts'
import { componentPlaces } from '../../src/markdown/component-places.ts'

const text =
  '<Answer>\n\nRead <Num of="accuracy" experiment="cnn" /> <Cite of="a" />.\n\n</Answer>\n\n<If claim="x">See <Cite of="b" />.</If>\n'

test('tells citations and numbers their place, the same that the outline lists them at', async () => {
  const processor = unified().use(remarkParse).use(remarkMdx)
  const tree = processor.parse(text)
  await processor().use(componentPlaces).run(tree)
  const places: [string, number][] = []
  visit(tree, (node) => {
    if (node.type !== 'mdxJsxTextElement' && node.type !== 'mdxJsxFlowElement') return
    for (const attribute of node.attributes)
      if (attribute.type === 'mdxJsxAttribute' && attribute.name === 'place') places.push([node.name!, Number(attribute.value)])
  })
  const { components } = chapterParts(text, 1)
  expect(places).toEqual(components.flatMap(({ name }, place) => (name === 'Num' || name === 'Cite' ? [[name, place]] : [])))
  expect(places).toHaveLength(3)
  expect(components.filter(({ conditional }) => conditional).map(({ attributes }) => attributes['of'])).toEqual(['b'])
})
