/** Lets readers sort tables marked `data-sortable`: each heading becomes a button; a second press turns the order round. */

const valueOf = (row: HTMLTableRowElement, column: number): string | number => {
  const cell = row.cells[column]!
  return cell.dataset['value'] === undefined ? cell.textContent.trim() : Number(cell.dataset['value'])
}

/** @param sign 1 upwards, -1 downwards; cells without a number stand last in either */
function compare(a: string | number, b: string | number, sign: 1 | -1): number {
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return sign * String(a).localeCompare(String(b), 'en')
}

function sortBy(table: HTMLTableElement, heading: HTMLTableCellElement): void {
  const ascending = heading.ariaSort !== 'ascending'
  for (const other of table.tHead!.querySelectorAll('th')) other.removeAttribute('aria-sort')
  heading.ariaSort = ascending ? 'ascending' : 'descending'
  const body = table.tBodies[0]!
  const inOrder = (a: HTMLTableRowElement, b: HTMLTableRowElement) =>
    compare(valueOf(a, heading.cellIndex), valueOf(b, heading.cellIndex), ascending ? 1 : -1)
  body.append(...[...body.rows].sort(inOrder))
}

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]'))
  for (const heading of table.tHead!.querySelectorAll('th')) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'sort' })
    button.append(...heading.childNodes)
    heading.append(button)
    button.addEventListener('click', () => sortBy(table, heading))
  }
