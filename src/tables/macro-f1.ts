import { measured } from '../data/measured.ts'
import { runsOf } from '../data/site-data.ts'
import { writeInterval } from '../data/write-number.ts'
import { numberCell, type TableMaker } from './table-data.ts'

/** Macro F1 of every experiment: published, ours, and our interval. */
export const macroF1Table: TableMaker = (data) => {
  const rows = data.experiments.map(({ experiment, published }) => {
    const ours = measured(data, 'macroF1', experiment.name)
    const accuracy = measured(data, 'accuracy', experiment.name)
    return { title: experiment.title, published, ours, accuracy }
  })
  const best = Math.max(...rows.map(({ ours }) => ours?.value ?? 0))
  return {
    columns: [
      { label: 'Experiment' },
      { label: 'Published', numeric: true },
      { label: 'Ours', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'Accuracy', numeric: true },
    ],
    runs: runsOf(data),
    rows: rows.map(({ title, published, ours, accuracy }) => [
      title,
      published ? numberCell(published.macroF1, 'score') : '–',
      ours && { ...numberCell(ours.value, 'score'), best: ours.value === best },
      ours && (ours.interval ? writeInterval(ours.interval, 'score') : '–'),
      accuracy && numberCell(accuracy.value, 'percent'),
    ]),
  }
}
