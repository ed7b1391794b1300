import { dataFiles, kmnistId } from '../../experiments/dataset/kmnist.ts'
import { writeNumber } from '../data/write-number.ts'
import type { TableMaker } from './table-data.ts'

/** The data set's four files and how many runs say that they were trained on exactly these. */
export const dataFilesTable: TableMaker = ({ allRuns }) => ({
  columns: [{ label: 'File' }, { label: 'Bytes' }, { label: 'Runs' }, { label: 'SHA-256' }],
  runs: allRuns,
  rows: dataFiles.map(({ part, name, bytes, sha256 }) => [
    name,
    writeNumber(bytes, 'count'),
    `${allRuns.filter(({ dataset }) => dataset[part] === kmnistId[part]).length} of ${allRuns.length}`,
    sha256,
  ]),
})
