import { count } from '../charts/format.ts'
import { nearDuplicate } from '../../experiments/analyses/data-set.ts'
import { dataSetFacts } from '../data/analyses.ts'
import type { Cell, TableMaker } from './table-data.ts'

/** How far validation and test images are from the training image nearest to them. */
export const nearestImagesTable: TableMaker = (data) => {
  const facts = dataSetFacts(data)
  const row = (title: string, set: 'validation' | 'test'): Cell[] => {
    if (!facts) return [title, null, null, null, null, null]
    const { images, quantiles, identical, near } = facts.nearest[set]
    const [, low, middle, high] = quantiles as [number, number, number, number, number]
    const grey = (value: number) => ({ text: value.toFixed(0), value })
    return [title, count(images), grey(middle), `${low.toFixed(0)} to ${high.toFixed(0)}`, count(identical), count(near)]
  }
  return {
    columns: [
      { label: 'Images' },
      { label: 'how many', numeric: true },
      { label: 'median', group: 'Difference to the nearest training image', numeric: true },
      { label: 'middle half', group: 'Difference to the nearest training image', numeric: true },
      { label: 'identical', numeric: true },
      { label: `nearer than ${nearDuplicate}`, numeric: true },
    ],
    rows: [row('Validation', 'validation'), row('Test', 'test')],
    runs: [],
  }
}
