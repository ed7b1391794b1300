import type { SiteData } from '../data/site-data.ts'

/** A cell: text, or null for what was not run yet. */
export type Cell = string | null | { text: string; kana?: boolean; best?: boolean; note?: string }

export interface Column {
  label: string
  /** Aligned at the right, in tabular figures. */
  numeric?: boolean
  /** A heading above it and its neighbours of the same group. */
  group?: string
}

/** A table in words and formatted numbers; its caption stands where it is shown. */
export interface TableData {
  columns: Column[]
  /** The first cell of a row names it. */
  rows: Cell[][]
  /** Rows at the end that sum the others up. */
  summary?: Cell[][]
}

/** A table of the report. */
export type TableMaker = (data: SiteData, choice: { experiment?: string | undefined }) => TableData
