import { validationSplits } from '../data/analyses.ts'
import type { TableMaker } from './table-data.ts'

/** The validation images of each seed, by the checksum of their indices. */
export const splitsTable: TableMaker = (data) => ({
  columns: [{ label: 'Seed' }, { label: 'SHA-256 of the indices' }],
  runs: [],
  rows: validationSplits(data).map(({ seed, split }) => [String(seed), split?.sha256 ?? null]),
})
