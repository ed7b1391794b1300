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
interface Pagefind {
  init: () => Promise<void>
  /** Null where another search began meanwhile. */
  debouncedSearch: (query: string) => Promise<{ results: Found[] } | null>
}

const shown = 12
/** Of one page. */
const placesShown = 3

const dialog = document.querySelector<HTMLDialogElement>('dialog.search')!
const input = dialog.querySelector('input')!
const outcome = dialog.querySelector('.search-status')!
const list = dialog.querySelector('.search-results')!

let pagefind: Promise<Pagefind> | undefined
const load = async () => {
  const loaded = (await import(/* @vite-ignore */ dialog.dataset['pagefind']!)) as Pagefind
  await loaded.init()
  return loaded
}

const link = ({ url, title }: Place) => Object.assign(document.createElement('a'), { href: url, textContent: title })

async function entry(found: Found): Promise<HTMLElement> {
  const { url, excerpt, meta, sub_results: places } = await found.data()
  const item = document.createElement('li')
  const text = document.createElement('p')
  const inside = places.filter((place) => place.url !== url).slice(0, placesShown)
  text.innerHTML = places[0]?.excerpt ?? excerpt
  item.append(link({ url, title: meta.title ?? url, excerpt }), text)
  if (inside.length) {
    const sections = Object.assign(document.createElement('p'), { className: 'search-places' })
    sections.append(...inside.flatMap((place, i) => [i ? ' · ' : '', link(place)]))
    item.append(sections)
  }
  return item
}

async function search(): Promise<void> {
  const query = input.value.trim()
  try {
    const found = query ? await (await (pagefind ??= load())).debouncedSearch(query) : { results: [] }
    if (!found) return
    const items = await Promise.all(found.results.slice(0, shown).map(entry))
    if (query !== input.value.trim()) return
    const pages = found.results.length
    outcome.textContent = !query
      ? ''
      : pages === 0
        ? `Nothing found for “${query}”.`
        : pages === 1
          ? 'One page'
          : `${pages} pages`
    list.replaceChildren(...items)
  } catch {
    pagefind = undefined
    outcome.textContent = 'The search could not be loaded.'
  }
}

function open(): void {
  dialog.showModal()
  input.select()
  pagefind ??= load()
  pagefind.catch(() => undefined) // said when it is searched
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])'))

document.querySelector('.search-open')!.addEventListener('click', open)
dialog.querySelector('.search-close')!.addEventListener('click', () => dialog.close())
dialog.addEventListener('click', (event) => {
  // Beside the dialog's content, or on a place of this page.
  if (event.target === dialog || (event.target as Element).closest('a')) dialog.close()
})
input.addEventListener('input', () => void search())
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !dialog.open && !typing(event.target)) {
    event.preventDefault()
    open()
  }
})
dialog.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const stops: HTMLElement[] = [input, ...list.querySelectorAll('a')]
  stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus()
})
