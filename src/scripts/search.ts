/** The search dialog: loads Pagefind when it is first opened, shows where each page answers; arrows move between answers. */

interface Place {
  title: string
  url: string
  /** HTML that Pagefind escaped, with `<mark>`. */
  excerpt: string
}
interface Found {
  data: () => Promise<{ url: string; excerpt: string; meta: { title?: string }; sub_results: Place[] }>
}
type Filter = { filters: { kind: string } }
interface Pagefind {
  init: () => Promise<void>
  /** Null where another search began meanwhile. */
  debouncedSearch: (query: string, options: Filter) => Promise<{ results: Found[] } | null>
  search: (query: string, options: Filter) => Promise<{ results: Found[] }>
}

/** Kinds of pages as they are listed, and how many of each. */
const chapters = { kind: 'chapter', heading: undefined, shown: 10 }
const runs = { kind: 'run', heading: 'Runs and their mistakes', shown: 5 }
/** Of one page. */
const placesShown = 3

const dialog = document.querySelector<HTMLDialogElement>('dialog.search')!
const input = dialog.querySelector('input')!
const outcome = dialog.querySelector('.search-status')!
const answers = dialog.querySelector('.search-results')!

/** What `answers` answers. */
let answered = ''
let pagefind: Promise<Pagefind> | undefined
let loads = 0
const load = async () => {
  // What failed to load once is not asked for again under the same address, in this page.
  const again = loads++ ? `?again=${loads}` : ''
  const loaded = (await import(/* @vite-ignore */ dialog.dataset['pagefind']! + again)) as Pagefind
  await loaded.init()
  return loaded
}

const element = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, ...content: (Node | string)[]) => {
  const made = Object.assign(document.createElement(tag), { className })
  made.append(...content)
  return made
}
const link = ({ url, title }: Pick<Place, 'url' | 'title'>) => Object.assign(element('a', '', title), { href: url })

async function entry(found: Found): Promise<HTMLElement> {
  const { url, excerpt, meta, sub_results: places } = await found.data()
  const text = element('p', 'search-excerpt')
  text.innerHTML = places[0]?.excerpt ?? excerpt
  const item = element('li', '', link({ url, title: meta.title ?? url }), text)
  const inside = places.filter((place) => place.url !== url).slice(0, placesShown)
  if (inside.length) item.append(element('p', 'search-places', ...inside.flatMap((place, i) => [i ? ' · ' : '', link(place)])))
  return item
}

async function listOf({ heading, shown }: { heading: string | undefined; shown: number }, found: Found[]): Promise<Node[]> {
  if (!found.length) return []
  const list = element('ol', '', ...(await Promise.all(found.slice(0, shown).map(entry))))
  return heading ? [element('h2', '', heading), list] : [list]
}

const counted = (pages: number, query: string) =>
  pages === 0 ? `Nothing found for “${query}”.` : pages === 1 ? 'One page' : `${pages} pages`

async function search(): Promise<void> {
  const query = input.value.trim()
  try {
    const index = await (pagefind ??= load())
    const inChapters = query ? await index.debouncedSearch(query, { filters: { kind: chapters.kind } }) : { results: [] }
    if (!inChapters) return
    const inRuns = query ? await index.search(query, { filters: { kind: runs.kind } }) : { results: [] }
    const lists = await Promise.all([listOf(chapters, inChapters.results), listOf(runs, inRuns.results)])
    if (query !== input.value.trim()) return
    outcome.textContent = query && counted(inChapters.results.length + inRuns.results.length, query)
    answers.replaceChildren(...lists.flat())
    answered = query
  } catch {
    pagefind = undefined
    answers.replaceChildren()
    outcome.textContent = 'The search could not be loaded.'
  }
}

function open(): void {
  dialog.showModal()
  input.select()
  void search()
}

const button = document.querySelector('.search-open')!
button.addEventListener('click', open)
const isApple = /Mac|iP/.test(navigator.platform)
if (isApple) button.querySelector('kbd')!.textContent = '⌘K'
dialog.querySelector('.search-close')!.addEventListener('click', () => dialog.close())
dialog.addEventListener('click', (event) => {
  // Beside the dialog's content, or on a place of this page.
  if (event.target === dialog || (event.target as Element).closest('a')) dialog.close()
})
input.addEventListener('input', () => void search())
document.addEventListener('keydown', (event) => {
  // With a modifier: a single character would be pressed by what speech input types (WCAG 2.1.4).
  if (event.key !== 'k' || !(isApple ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return
  event.preventDefault()
  if (!dialog.open) open()
})
dialog.addEventListener('keydown', (event) => {
  // Keys that choose among an input method's characters; the one that ends it is no longer composing in Safari, but has this code.
  if (event.isComposing || event.keyCode === 229) return
  if (event.key === 'Escape') dialog.close() // at once: a search field would take it to be emptied first
  const stops: HTMLElement[] = [input, ...answers.querySelectorAll('a')]
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) {
    event.preventDefault()
    stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus()
  } else if (event.key === 'Enter' && document.activeElement === input && input.value.trim() === answered) stops[1]?.click()
})
