/** Lets readers sort tables marked `data-sortable`: each heading becomes a button; a second press turns the order round. */

const valueOf = (row: HTMLTableRowElement, column: number): string | number => {
  const cell = row.cells[column]!
  return cell.dataset['value'] === undefined ? cell.textContent.trim() : Number(cell.dataset['value'])
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : // Cells without a number stand last.
      typeof a !== typeof b
      ? typeof a === 'number'
        ? -1
        : 1
      : String(a).localeCompare(String(b), 'en')

function sortBy(table: HTMLTableElement, heading: HTMLTableCellElement): void {
  const ascending = heading.ariaSort !== 'ascending'
  for (const other of table.tHead!.querySelectorAll('th')) other.removeAttribute('aria-sort')
  heading.ariaSort = ascending ? 'ascending' : 'descending'
  const body = table.tBodies[0]!
  const rows = [...body.rows].sort((a, b) => compare(valueOf(a, heading.cellIndex), valueOf(b, heading.cellIndex)))
  body.append(...(ascending ? rows : rows.reverse()))
}

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]'))
  for (const heading of table.tHead!.querySelectorAll('th')) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'sort' })
    button.append(...heading.childNodes)
    heading.append(button)
    button.addEventListener('click', () => sortBy(table, heading))
  }
