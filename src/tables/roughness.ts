import { fixed } from '../charts/format.ts'
import { fallEpochs, roughness } from '../data/reproduction/roughness.ts'
import { numberCell, type TableMaker } from './table-data.ts'

/** How rough each run's test loss was, and when the rule first cut its rate. */
export const roughnessTable: TableMaker = (data) => {
  const found = roughness(data)
  const numeric = true
  return {
    columns: [
      { label: 'Run' },
      { label: 'published', group: 'First cut of the rate', numeric },
      { label: 'ours', group: 'First cut of the rate', numeric },
      {
        label: found ? `Rises, epochs ${found.from} to ${found.to}` : 'Rises',
        numeric,
      },
      { label: `Fall per epoch, last ${fallEpochs}, in 10⁻⁴`, numeric },
    ],
    rows: (found?.runs ?? []).map(({ found: { one, run, published }, firstCut, rises, fall }) => [
      `${one.experiment.title}, seed ${run.seed}`,
      numberCell(published.rateFellAt[0]!, 'count'),
      numberCell(firstCut, 'count'),
      numberCell(rises, 'count'),
      fall === null ? '–' : fixed(fall * 1e4, 1),
    ]),
    runs: (found?.runs ?? []).map((one) => one.found.run),
  }
}
