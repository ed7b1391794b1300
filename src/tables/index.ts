import { stoppingRuleTable, stoppingTable } from './audit-runs.ts'
import { baselinesTable } from './baselines.ts'
import { calibrationTable } from './calibration.ts'
import { claimsTable } from './claims.ts'
import { classF1Table } from './class-f1.ts'
import { augmentationTable, modelCardTable, networksTable, poolingTable, runsTable } from './comparisons.ts'
import { dataFilesTable } from './data-files.ts'
import { environmentTable } from './environment.ts'
import { layersTable } from './layers.ts'
import { lossesTable } from './losses.ts'
import { macroF1Table } from './macro-f1.ts'
import { mistakesTable } from './mistakes.ts'
import { nearestImagesTable } from './nearest-images.ts'
import { plannedContrastsTable } from './planned-contrasts.ts'
import { auditTable } from './protocol-audit.ts'
import { sweepTable } from './rate-sweep.ts'
import { reproducedClassesTable } from './reproduced-classes.ts'
import { expectationsTable, reproducedLossesTable, reproducedRunsTable } from './reproduction.ts'
import { roughnessTable } from './roughness.ts'
import { settingsTable } from './settings.ts'
import { speedBoundsTable, speedProfileTable } from './speed-profile.ts'
import {
  speedEpochsTable,
  speedMachineTable,
  speedOthersTable,
  speedSiteTable,
  speedPortableTable,
  speedProcessorsTable,
  speedStepsTable,
  speedTargetsTable,
} from './speed.ts'
import { splitsTable } from './splits.ts'
import { structureTable } from './structure.ts'
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
  losses: lossesTable,
  structure: structureTable,
  baselines: baselinesTable,
  'nearest-images': nearestImagesTable,
  runs: runsTable,
  environment: environmentTable,
  'data-files': dataFilesTable,
  splits: splitsTable,
  'model-card': modelCardTable,
  calibration: calibrationTable,
  'rate-sweep': sweepTable,
  'reproduced-classes': reproducedClassesTable,
  'reproduced-runs': reproducedRunsTable,
  'reproduced-losses': reproducedLossesTable,
  roughness: roughnessTable,
  expectations: expectationsTable,
  claims: claimsTable,
  'planned-contrasts': plannedContrastsTable,
  'protocol-audit': auditTable,
  'audit-runs': stoppingTable,
  'audit-stops': stoppingRuleTable,
  'speed-steps': speedStepsTable,
  'speed-targets': speedTargetsTable,
  'speed-profile': speedProfileTable,
  'speed-bounds': speedBoundsTable,
  'speed-epochs': speedEpochsTable,
  'speed-others': speedOthersTable,
  'speed-site': speedSiteTable,
  'speed-portable': speedPortableTable,
  'speed-processors': speedProcessorsTable,
  'speed-machine': speedMachineTable,
} satisfies Record<string, TableMaker>

export type TableName = keyof typeof tables
