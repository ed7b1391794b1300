import { percent } from '../charts/format.ts'
import { structureTest } from '../data/weight-structure.ts'
import type { Cell, TableMaker } from './table-data.ts'

const layers = ['first', 'second'] as const

/** The measure of structure of both convolutions of every CNN, trained and untrained. */
export const structureTable: TableMaker = (data) => {
  const shown = data.experiments.filter(({ experiment }) => experiment.layers.some(({ kind }) => kind === 'conv2d'))
  return {
    columns: [
      { label: 'Network' },
      ...layers.flatMap((layer) => {
        const group = layer === 'first' ? 'First layer' : 'Second layer'
        return [
          { label: 'trained', group, numeric: true },
          { label: 'untrained: least to most of 20', group, numeric: true },
        ]
      }),
    ],
    rows: shown.map(({ experiment }) => [
      experiment.title,
      ...layers.flatMap((layer): Cell[] => {
        const test = structureTest(data, experiment.name, layer)
        if (!test) return [null, null]
        const { trained, untrained } = test
        return [
          { text: percent(trained, 1), value: trained },
          `${percent(untrained.low, 1).replace(/\u00a0%$/, '')} to ${percent(untrained.high, 1)}`,
        ]
      }),
    ]),
    runs: shown.flatMap(({ experiment }) => structureTest(data, experiment.name, 'first')?.run ?? []),
  }
}
