import { parseHTML } from 'linkedom'
import { palette, type Scheme } from './palette.ts'

/** What `charts.css` says by class, as attributes. */
const classAttributes: Record<string, Record<string, string>> = {
  kana: { 'font-family': 'Noto Serif JP, serif' },
  strong: { 'font-weight': '600' },
}

/** A chart as a file of its own, for download or as a picture: colours written out, on paper, text in Source Sans 3 where it is installed. */
export function standaloneSvg(chart: string, scheme: Scheme): string {
  const coloured = chart.replace(/var\((--[a-z-]+)\)/g, (use, name: string) => {
    const value = palette[name as keyof typeof palette]
    if (!value) throw new Error(`${use} is not in the palette: add it to src/charts/palette.ts`)
    return value[scheme]
  })
  const { document } = parseHTML(coloured)
  const root = document.querySelector('svg')
  if (!root) throw new Error(`expected an <svg> chart, found ${chart.slice(0, 40)}`)
  const [, , width, height] = root.getAttribute('viewBox')!.split(' ')
  const ink = palette['--ink'][scheme]
  const attributes = { width, height, color: ink, fill: ink, 'font-family': 'Source Sans 3, Source Sans Pro, sans-serif' }
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value!)
  for (const [name, rules] of Object.entries(classAttributes))
    for (const element of root.querySelectorAll(`.${name}`))
      for (const [attribute, value] of Object.entries(rules)) element.setAttribute(attribute, value)
  // What the page's script reads.
  for (const element of root.querySelectorAll('*'))
    for (const { name } of [...element.attributes]) if (name.startsWith('data-')) element.removeAttribute(name)
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ width, height, fill: palette['--paper'][scheme] }))
    paper.setAttribute(name, value!)
  root.prepend(paper)
  return root.outerHTML
}
