import { group as groups } from 'd3-array'
import { percent } from '../charts/format.ts'
import {
  kernelParts,
  measuredConvolution,
  structureTest,
  type AgainstChance,
  type KernelMeasure,
} from '../data/weight-structure.ts'
import { writeCorrelation } from '../data/write-number.ts'
import type { Cell, TableMaker } from './table-data.ts'

const layers = ['first', 'second'] as const
const measures: readonly KernelMeasure[] = ['even', 'edges', 'blur', 'all', 'likeness']

const write = (value: number, measure: KernelMeasure) => (measure === 'likeness' ? writeCorrelation(value) : percent(value))

/** "39 to 54 %" */
function range({ untrained: { low, high } }: AgainstChance, measure: KernelMeasure): string {
  return `${write(low, measure).replace(/\u00a0%$/, '')} to ${write(high, measure)}`
}

/** What the kernels of both convolutions of every CNN are made of, and what those of untrained networks are. */
export const structureTable: TableMaker = (data) => {
  const group = 'Mean share of a kernel’s energy'
  const convolving = (layer: (typeof layers)[number]) =>
    data.experiments.flatMap(({ experiment }) => {
      const convolution = measuredConvolution(experiment, layer)
      return convolution ? [{ ...experiment, convolution: JSON.stringify(convolution) }] : []
    })
  return {
    columns: [
      { label: 'Convolution' },
      { label: 'Network' },
      { label: 'even grey', group, numeric: true },
      { label: 'edges', group, numeric: true },
      { label: 'blur', group, numeric: true },
      { label: 'all of these', group, numeric: true },
      { label: 'Moran’s I', numeric: true },
    ],
    names: 2,
    rows: layers.flatMap((layer) =>
      // Untrained convolutions are the same in every variant: what tells the variants apart comes behind them.
      [...groups(convolving(layer), ({ convolution }) => convolution).values()].flatMap((variants) => {
        const known = variants.map(({ name, title }) => ({ title, parts: kernelParts(data, name, layer) }))
        const [chance] = known.flatMap(({ parts }) => parts ?? [])
        return [
          ...known.map(({ title, parts }) => [
            layer,
            title,
            ...measures.map((measure): Cell =>
              parts ? { text: write(parts[measure].trained, measure), value: parts[measure].trained } : null,
            ),
          ]),
          [layer, '20 untrained, least to most', ...measures.map((measure) => (chance ? range(chance[measure], measure) : '–'))],
        ]
      }),
    ),
    runs: convolving('first').flatMap(({ name }) => structureTest(data, name, 'first')?.run ?? []),
  }
}
