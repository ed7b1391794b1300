import { mean } from 'd3-array'
import { sweeps } from '../../experiments/protocols.ts'
import { optimizerKinds, optimizerTitles, rateSweep, sweptExperiments } from '../data/reproduction/rate-sweep.ts'
import { experimentData } from '../data/site-data.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

/** Every setting of the rate sweep: mean accuracies over its seeds, and how many those are. */
export const sweepTable: TableMaker = (data) => {
  const { points } = rateSweep(data)
  // Of a network that was not swept at all, one column says so.
  const swept = (experiment: string) => points.some((one) => one.experiment === experiment)
  const cells = (experiment: string, kind: string, rate: number): Cell[] => {
    if (!swept(experiment)) return [null]
    const point = points.find((one) => one.experiment === experiment && one.optimizer === kind && one.rate === rate)
    if (!point) return [null, null, '0']
    const validation = mean(point.validation)
    return [
      numberCell(mean(point.test)!, 'percent'),
      validation === undefined ? '–' : numberCell(validation, 'percent'),
      numberCell(point.runs.length, 'count'),
    ]
  }
  return {
    columns: [
      { label: 'Optimizer and rate' },
      ...sweptExperiments.flatMap((name) => {
        const group = experimentData(data, name).experiment.title
        return (swept(name) ? ['test', 'validation', 'seeds'] : ['test']).map((label) => ({ label, group, numeric: true }))
      }),
    ],
    rows: optimizerKinds.flatMap((kind) =>
      sweeps
        .filter(({ optimizer }) => optimizer.kind === kind)
        .map(({ optimizer: { rate } }) => [
          `${optimizerTitles[kind]} ${rate}`,
          ...sweptExperiments.flatMap((experiment) => cells(experiment, kind, rate)),
        ]),
    ),
    runs: points.flatMap(({ runs }) => runs),
  }
}
