import { measured } from '../data/measured.ts'
import { runsOf } from '../data/site-data.ts'
import { writeInterval } from '../data/write-number.ts'
import { measuredCell } from './measured-cell.ts'
import type { TableMaker } from './table-data.ts'

/** Loss of the kept weights on the three sets, dropout off, and how far validation lies above training. */
export const lossesTable: TableMaker = (data) => ({
  columns: [
    { label: 'Experiment' },
    { label: 'Training', group: 'Loss, dropout off', numeric: true },
    { label: 'Validation', group: 'Loss, dropout off', numeric: true },
    { label: 'Test', group: 'Loss, dropout off', numeric: true },
    { label: 'Validation − training', numeric: true },
    { label: '95 % interval over seeds', numeric: true },
  ],
  rows: data.experiments.map(({ experiment, runs }) => {
    const gap = measured(data, 'lossGap', experiment.name)
    return [
      experiment.title,
      ...['trainLoss', 'validationLoss', 'testLoss', 'lossGap'].map((name) => measuredCell(data, name, experiment.name)),
      runs.length === 0 ? null : gap?.interval ? writeInterval(gap.interval, gap.kind) : '–',
    ]
  }),
  runs: runsOf(data),
})
