import type { Calibration } from '../../experiments/analyses/calibration.ts'
import { calibrationOf } from '../data/probabilities.ts'
import { withProtocol } from '../data/with-protocol.ts'
import { writeInterval } from '../data/write-number.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

type Calibrated = Calibration['asTrained']

const measures: [label: string, cell: (of: Calibrated) => Cell][] = [
  ['mean probability of its answer', ({ confidence }) => numberCell(confidence, 'percent')],
  ['calibration error, points', ({ error }) => numberCell(error, 'points')],
  ['its 95\u00a0% interval', ({ interval }) => writeInterval(interval, 'points')],
  ['log loss', ({ logLoss }) => numberCell(logLoss, 'loss')],
  ['Brier score', ({ brier }) => numberCell(brier, 'score')],
]

/** How far the networks' probabilities can be trusted: as trained, at a fitted temperature, and under the original's protocol. */
export const calibrationTable: TableMaker = (data) => {
  const found = data.experiments.map(({ experiment }) => calibrationOf(data, experiment.name))
  const original = data.experiments.map(({ experiment }) => calibrationOf(withProtocol(data, 'published'), experiment.name))
  const row = (label: string, of: (calibration: Calibration) => Cell, from = found): Cell[] => [
    label,
    ...from.map((one) => one && of(one.result)),
  ]
  return {
    columns: [{ label: '' }, ...data.experiments.map(({ experiment }) => ({ label: experiment.title, numeric: true }))],
    rows: [
      row('accuracy', ({ accuracy }) => numberCell(accuracy, 'percent')),
      ...measures.map(([label, cell]) => row(label, ({ asTrained }) => cell(asTrained))),
      row('temperature fitted on validation images', ({ tempered }) =>
        tempered ? numberCell(tempered.temperature, 'factor') : '–',
      ),
      ...measures.map(([label, cell]) => row(`with it: ${label}`, ({ tempered }) => (tempered ? cell(tempered) : '–'))),
      ...measures
        .slice(1, 3)
        .map(([label, cell]) => row(`original’s protocol: ${label}`, ({ asTrained }) => cell(asTrained), original)),
    ],
    runs: [...found, ...original].flatMap((one) => (one ? [one.run] : [])),
  }
}
