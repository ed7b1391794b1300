import { Parser } from 'htmlparser2'

/** What a value looks like that was written without being formatted, or a citation that was not resolved. */
const escapedValue = /\b(?:undefined|NaN|Infinity)\b|\[object |\[@/

const drawn = ['path', 'line', 'rect', 'circle', 'text', 'use', 'image', 'polyline', 'polygon', 'ellipse']
const content = ['svg', 'img', 'table', 'canvas', 'pre', 'math']
/** Text in these is code, or is not shown. */
const unchecked = ['script', 'style', 'code', 'pre', 'annotation']

interface OpenElement {
  name: string
  attributes: Record<string, string>
  /** Whether anything that could be seen has come since it was opened. */
  filled: boolean
  text: string
}

const excerpt = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 100)

/**
 * What a reader would take for a defect in a page's HTML: values that escaped formatting ("NaN", "undefined", "[object Object]"),
 * figures and charts with nothing in them, numbers without a number, pictures and charts without alternative text, linked data that
 * is no JSON.
 */
export function pageProblems(html: string): string[] {
  const problems: string[] = []
  const open: OpenElement[] = []
  const suspicious = escapedValue.test(html) // most pages are not: their thousands of attributes need not be looked at one by one
  const figure = () => open.findLast(({ name, attributes }) => name === 'figure' && attributes['id'])?.attributes['id']
  const complain = (text: string) => problems.push(figure() ? `figure "${figure()}": ${text}` : text)
  const inside = (names: string[]) => open.some(({ name }) => names.includes(name))

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (suspicious)
          for (const [key, value] of Object.entries(attributes))
            if (escapedValue.test(value)) complain(`unformatted value in <${name} ${key}="${excerpt(value)}">`)
        if (name === 'img' && attributes['alt'] === undefined)
          complain(`<img src="${attributes['src']}"> has no alternative text`)
        if (name === 'svg' && attributes['role'] === 'img' && !attributes['aria-label'] && !attributes['aria-labelledby'])
          complain('a chart has no alternative text')
        const missing = attributes['class']?.includes('figure-missing') ?? false
        // What stands below a figure, its data and commands, is not what it shows.
        const below = inside(['figcaption']) || open.some((one) => one.attributes['class'] === 'sources')
        for (const one of open) {
          if (one.name === 'figure') one.filled ||= missing || (content.includes(name) && !below)
          if (one.name === 'svg') one.filled ||= drawn.includes(name)
        }
        open.push({ name, attributes, filled: false, text: '' })
      },
      ontext(text) {
        if (suspicious && escapedValue.test(text) && !inside(unchecked)) complain(`unformatted value in text: ${excerpt(text)}`)
        for (const one of open) if (one.name === 'data') one.filled ||= text.trim() !== ''
        const last = open.at(-1)
        if (last?.name === 'script') last.text += text
      },
      onclosetag() {
        const { name, attributes, filled, text } = open.pop()!
        if (name === 'script' && attributes['type'] === 'application/ld+json' && !isJson(text))
          complain(`linked data that is no JSON: ${excerpt(text)}`)
        if (filled) return
        if (name === 'figure') problems.push(`figure "${attributes['id'] ?? ''}" is empty`)
        if (name === 'svg') complain(`the chart "${excerpt(attributes['aria-label'] ?? '')}" is empty`)
        if (name === 'data') complain(`an empty number: <data ${JSON.stringify(attributes)}>`)
      },
    },
    { decodeEntities: true },
  )
  parser.write(html)
  parser.end()
  return problems
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
