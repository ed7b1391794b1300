import { classF1Table } from './class-f1.ts'
import { augmentationTable, networksTable, poolingTable, runsTable } from './comparisons.ts'
import { environmentTable } from './environment.ts'
import { layersTable } from './layers.ts'
import { macroF1Table } from './macro-f1.ts'
import { mistakesTable } from './mistakes.ts'
import { settingsTable } from './settings.ts'
import type { TableMaker } from './table-data.ts'

/** What `<Table of="…">` can show. */
export const tables = {
  'macro-f1': macroF1Table,
  'class-f1': classF1Table,
  settings: settingsTable,
  layers: layersTable,
  networks: networksTable,
  pooling: poolingTable,
  augmentation: augmentationTable,
  mistakes: mistakesTable,
  runs: runsTable,
  environment: environmentTable,
} satisfies Record<string, TableMaker>

export type TableName = keyof typeof tables
