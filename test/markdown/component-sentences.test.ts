import { createProcessor } from '@mdx-js/mdx'
import { expect, test } from 'vitest'
import { componentSentences } from '../../src/markdown/component-sentences.ts'

/** The chapter's HTML as MDX's compiler sees it: elements and components by name, in their order and nesting. */
async function outline(text: string): Promise<string> {
  let found = ''
  const write = (node: {
    type: string
    tagName?: string
    name?: string | null
    value?: string
    children?: unknown[]
  }): string => {
    if (node.type === 'text') return node.value!.trim() || (node.value === ' ' ? ' ' : '')
    const name = node.tagName ?? node.name
    const children = (node.children ?? []).map((child) => write(child as typeof node)).join('')
    return name ? `<${name}>${children}</${name}>` : children
  }
  const read = () => (tree: Parameters<typeof write>[0]) => {
    found = write(tree)
  }
  await createProcessor({ remarkPlugins: [componentSentences], rehypePlugins: [read] }).process(text)
  return found
}

test.each([
  ['conditions alone on a line', '<If claim="a">Yes.</If> <If claim="b">No.</If>', '<p><If>Yes.</If> <If>No.</If></p>'],
  [
    'within a component',
    '<Answer>\n\n<If claim="a">Yes.</If><If claim="b">No.</If>\n\n</Answer>',
    '<Answer><p><If>Yes.</If><If>No.</If></p></Answer>',
  ],
  ['with a number among them', '<If claim="a">Read</If> <Num of="a" />', '<p><If>Read</If> <Num></Num></p>'],
  ['one condition', '<If claim="a">Yes.</If>', '<p><If>Yes.</If></p>'],
])('%s: they are a sentence in a paragraph', async (_, text, expected) => {
  expect(await outline(text)).toBe(expected)
})

test.each([
  ['a condition around paragraphs', '<If claim="a">\n\nYes.\n\n</If>', '<If><p>Yes.</p></If>'],
  ['components that are no words', '<Figure of="a" />\n\n<Table of="b" />', '<Figure></Figure><Table></Table>'],
  ['a note', '<Note>Beside.</Note>', '<Note>Beside.</Note>'],
  ['words around them', 'So: <If claim="a">yes.</If>', '<p>So:<If>yes.</If></p>'],
])('%s stay as they are', async (_, text, expected) => {
  expect(await outline(text)).toBe(expected)
})
