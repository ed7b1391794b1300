/** Filters the gallery of misread characters; what is chosen stands in the address, so that it can be sent and gone back to. */
const form = document.querySelector<HTMLFormElement>('.gallery-filter')!
const output = form.querySelector('output')!
const fields = [...form.querySelectorAll('select')]
const cells = [...document.querySelectorAll<HTMLElement>('.cell')]
const networks = Math.max(0, ...cells.map((cell) => cell.querySelector('li span')?.childElementCount ?? 0))

const chosen = (name: string) => fields.find((field) => field.name === name)!.value

function matches(right: number, others: string): boolean {
  if (others === 'all') return right === networks
  if (others === 'none') return right === 0
  return others === '' || (right > 0 && right < networks)
}

function filter(): void {
  const [truth, read, others] = [chosen('true'), chosen('read'), chosen('others')]
  let shown = 0
  for (const cell of cells) {
    const inCell = (truth === '' || cell.dataset['true'] === truth) && (read === '' || cell.dataset['read'] === read)
    let here = 0
    for (const item of cell.querySelectorAll('li')) {
      item.hidden = !inCell || !matches(Number(item.dataset['right']), others)
      if (!item.hidden) here++
    }
    cell.hidden = here === 0
    shown += here
  }
  for (const section of document.querySelectorAll<HTMLElement>('.of-class'))
    section.hidden = [...section.querySelectorAll<HTMLElement>('.cell')].every((cell) => cell.hidden)
  output.textContent = shown === 1 ? '1 character' : `${shown.toLocaleString('en')} characters`
}

/** The form as the address has it. */
function read(): void {
  const query = new URLSearchParams(location.search)
  for (const field of fields) {
    const value = query.get(field.name) ?? ''
    field.value = [...field.options].some((option) => option.value === value) ? value : ''
  }
  filter()
}

form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('change', () => {
  const query = new URLSearchParams(fields.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))
  const search = query.size > 0 ? `?${query.toString()}` : ''
  history.pushState(null, '', location.pathname + search)
  filter()
})
addEventListener('popstate', read)
// The places of the map are among all characters: a filter that hides one gives way.
addEventListener('hashchange', () => {
  const cell = document.getElementById(location.hash.slice(1))?.closest<HTMLElement>('.cell')
  if (!cell?.hidden) return
  for (const field of fields) field.value = ''
  history.replaceState(null, '', location.pathname + location.hash)
  filter()
  cell.scrollIntoView()
})
read()
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
