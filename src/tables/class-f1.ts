import { classes } from '../../experiments/dataset/kmnist.ts'
import { measured } from '../data/measured.ts'
import { meanClassF1 } from '../data/picks.ts'
import { runsOf } from '../data/site-data.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

/** The original's Table 1 beside ours: F1 of every class and macro F1, a pair of columns an experiment. */
export const classF1Table: TableMaker = (data) => {
  const each = data.experiments.map((one) => ({ ...one, ours: meanClassF1(one) }))
  const pair = (published: number | undefined, ours: number | null | undefined): Cell[] => [
    published === undefined ? '–' : numberCell(published, 'score'),
    typeof ours !== 'number' ? null : numberCell(ours, 'score'),
  ]
  return {
    columns: [
      { label: 'Class' },
      ...data.experiments.flatMap(({ experiment }) => [
        { label: 'published', group: experiment.title, numeric: true },
        { label: 'ours', group: experiment.title, numeric: true },
      ]),
    ],
    rows: classes.map(({ character, romanisation, index }) => [
      { text: `${character} ${romanisation} ${index}`, kana: true },
      ...each.flatMap(({ published, ours }) => pair(published?.classF1[index], ours?.[index])),
    ]),
    runs: runsOf(data),
    summary: [
      [
        'macro F1',
        ...each.flatMap(({ published, experiment }) =>
          pair(published?.macroF1, measured(data, 'macroF1', experiment.name)?.value),
        ),
      ],
    ],
  }
}
