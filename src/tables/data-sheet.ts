import { csvFormatRows } from 'd3-dsv'
import type { Cell, TableData } from './table-data.ts'

/** Plain data for other programs: unrounded numbers, null where nothing was run. */
export interface DataSheet {
  columns: string[]
  rows: (string | number | null)[][]
}

/** The number that a written cell says: 1,234 · .951 · −2.6 · 95.3 % (0.953, a share); undefined where it says something else. */
export function writtenNumber(text: string): number | undefined {
  const plain = text.replaceAll(',', '').replace('−', '-')
  const [, digits, percent] = /^(-?\d*\.?\d+)(\u00a0%)?$/.exec(plain) ?? []
  if (digits === undefined) return undefined
  return percent ? Number((Number(digits) / 100).toPrecision(12)) : Number(digits)
}

function plainCell(cell: Cell): string | number | null {
  if (cell === null) return null
  if (typeof cell !== 'string' && cell.value !== undefined) return cell.value
  const text = typeof cell === 'string' ? cell : cell.text
  // A dash says that there is nothing to say.
  return text === '–' ? null : (writtenNumber(text) ?? text)
}

/** A table's cells as data, its summary below; columns of a group carry its name, a nameless one is called "name". */
export function sheetOf({ columns, rows, summary = [] }: TableData): DataSheet {
  return {
    columns: columns.map(({ label, group }) => [group, label].filter(Boolean).join(': ') || 'name'),
    rows: [...rows, ...summary].map((row) => row.map(plainCell)),
  }
}

/** Comma-separated values (RFC 4180), a line of column names first; nothing stands for null. */
export const csvOf = ({ columns, rows }: DataSheet): string =>
  csvFormatRows([columns, ...rows.map((row) => row.map((value) => (value === null ? '' : String(value))))]) + '\n'
