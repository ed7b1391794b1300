/** Pages already asked for, by address; one that could not be had is asked for again. */
const pages = new Map<string, Promise<Document | undefined>>()

/** How long a reader who tapped is kept waiting, in ms. */
const patience = 2000

/** The page that an address of this site leads to; undefined where it can't be had, or not soon. */
function pageAt({ origin, pathname }: URL): Promise<Document | undefined> {
  if (origin !== location.origin) return Promise.resolve(undefined)
  if (pathname === location.pathname) return Promise.resolve(document)
  const known = pages.get(pathname)
  if (known) return known
  const page = fetch(pathname, { signal: AbortSignal.timeout(patience) })
    .then(async (answer) => {
      if (!answer.ok) throw new Error(`${pathname}: ${answer.status}`)
      return new DOMParser().parseFromString(await answer.text(), 'text/html')
    })
    .catch(() => void pages.delete(pathname))
  pages.set(pathname, page)
  return page
}

const blocksShown = 2

/** A heading and the first blocks below it. */
function section(heading: Element): Element[] {
  const parts = [heading]
  for (let next = heading.nextElementSibling; next && parts.length <= blocksShown; next = next.nextElementSibling) {
    if (/^H[1-6]$/.test(next.tagName)) break
    if (!next.matches('aside, .figure, .table')) parts.push(next)
  }
  return parts
}

/** The elements of a page that show a reader what a link leads to. */
function partsOf(page: Document, anchor: string): Element[] {
  const find = (selector: string, within: Element | Document = page) => [...within.querySelectorAll(selector)].slice(0, 1)
  const target = anchor ? page.getElementById(anchor) : null
  if (!target) return [...find('main h1'), ...find('main .answer')]
  // In the whole report a chapter is a section.
  if (target.matches('.chapter')) return [...find('h2', target), ...find('.answer', target)]
  if (target.matches('.figure'))
    return [...find('.figure-title', target), ...find('.chart-pair, .sheets', target), ...find('.caption', target)]
  if (target.matches('.table')) return [...find('.caption', target), ...find('table', target)]
  if (target.matches('.equation')) return find('.formula', target)
  return /^H[1-6]$/.test(target.tagName) ? section(target) : [target]
}

/** A copy that can stand beside its original: no ids, no controls, no headings. */
function copyOf(part: Element): Element {
  const copy = document.importNode(part, true)
  for (const element of copy.querySelectorAll('[popover], details, .credit, script, .chart-wide')) element.remove()
  for (const button of copy.querySelectorAll('button')) button.replaceWith(...button.childNodes)
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  for (const element of [copy, ...copy.querySelectorAll('*')])
    for (const name of ['id', 'tabindex', 'aria-labelledby', 'role'].filter(
      (one) => one !== 'role' || element.localName !== 'svg',
    ))
      element.removeAttribute(name)
  if (!/^H[1-6]$/.test(copy.tagName)) return copy
  const title = document.createElement('b')
  title.append(...copy.childNodes)
  return title
}

/** What a link of this site leads to, below it the link itself for those who tapped; undefined where it can't be had. */
export async function previewOf(link: HTMLAnchorElement, tapped: boolean): Promise<DocumentFragment | undefined> {
  const url = new URL(link.href)
  const page = await pageAt(url)
  const parts = page ? partsOf(page, decodeURIComponent(url.hash.slice(1))) : []
  if (parts.length === 0) return undefined
  const content = document.createDocumentFragment()
  const body = document.createElement('div')
  body.className = 'preview-body'
  body.append(...parts.map(copyOf))
  content.append(body)
  if (!tapped) return content
  const onward = document.createElement('a')
  onward.href = link.href
  onward.className = 'preview-onward'
  onward.textContent = 'Go there'
  content.append(onward)
  return content
}
