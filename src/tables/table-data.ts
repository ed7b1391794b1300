import type { RunRecord } from '../../experiments/results/schema.ts'
import type { NumberKind } from '../data/measures.ts'
import type { SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'

/** A cell: text, or null for what was not run yet. */
export type Cell = string | null | FullCell

export interface FullCell {
  text: string
  /** Unrounded, for the downloads; what `text` says if absent. */
  value?: number
  kana?: boolean
  best?: boolean
  /** Where the cell leads. */
  href?: string
  /** What a link says of itself where its text alone would not. */
  says?: string
}

/** A cell with a number as the report rounds it, and unrounded; points are hundredths, in either. */
export const numberCell = (value: number, kind: NumberKind): FullCell => ({
  text: writeNumber(value, kind),
  value: kind === 'points' ? value * 100 : value,
})

export interface Column {
  label: string
  /** Aligned at the right, in tabular figures. */
  numeric?: boolean
  /** Its cells stay on one line each, such as dates. */
  oneLine?: boolean
  /** A heading above it and its neighbours of the same group. */
  group?: string
}

/** A table in words and formatted numbers; its caption stands where it is shown. */
export interface TableData {
  columns: Column[]
  rows: Cell[][]
  /** How many cells at the beginning of a row name it: one if absent. */
  names?: number
  /** Rows at the end that sum the others up. */
  summary?: Cell[][]
}

/** A numbered table. */
export interface TableContent extends TableData {
  /** The runs it was computed from; none where it follows from models, settings or the data set alone. */
  runs: readonly RunRecord[]
}

/** A table of the report. */
export type TableMaker = (data: SiteData, choice: { experiment?: string | undefined }) => TableContent
