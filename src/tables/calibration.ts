import { mean } from 'd3-array'
import type { Calibrated, Calibration } from '../../experiments/analyses/calibration.ts'
import { endedRuns } from '../data/ended-runs.ts'
import type { NumberKind } from '../data/measures.ts'
import { calibrationsOf, errorInterval, temperedOf } from '../data/claims/probabilities.ts'
import { experimentData } from '../data/site-data.ts'
import { withProtocol } from '../data/with-protocol.ts'
import { writeInterval } from '../data/write-number.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

type Found = ReturnType<typeof calibrationsOf>

const average = (of: (calibration: Calibration) => number, kind: NumberKind) => (found: Found) =>
  numberCell(
    mean(found, ({ result }) => of(result))!,
    kind,
  )

/** Of an experiment's runs, as trained. */
const asTrained: [label: string, cell: (found: Found) => Cell][] = [
  ['accuracy', average(({ accuracy }) => accuracy, 'percent')],
  ['mean probability of its answer', average((one) => one.asTrained.confidence, 'percent')],
  ['calibration error, points', average((one) => one.asTrained.error, 'points')],
  ['its 95\u00a0% interval', (found) => writeInterval(errorInterval(found), 'points')],
  ['log loss', average((one) => one.asTrained.logLoss, 'loss')],
  ['Brier score', average((one) => one.asTrained.brier, 'score')],
]

type Tempered = Calibration['tempered'] & object

/** Of the run whose weights are stored. */
const stored: [label: string, cell: (tempered: Tempered, before: Calibrated) => Cell][] = [
  ['stored weights: calibration error, points', (_, { error }) => numberCell(error, 'points')],
  ['temperature fitted on validation images', ({ temperature }) => numberCell(temperature, 'factor')],
  ['with it: calibration error, points', ({ error }) => numberCell(error, 'points')],
  ['with it: log loss', ({ logLoss }) => numberCell(logLoss, 'loss')],
]

/** How far the networks' probabilities can be trusted: as trained, at a fitted temperature, and under the original's protocol. */
export const calibrationTable: TableMaker = (data) => {
  const names = data.experiments.map(({ experiment }) => experiment.name)
  const ours = names.map((name) => calibrationsOf(data, name))
  const originals = withProtocol(data, 'published')
  // What a run that was stopped at its budget scores is not what the original's protocol gives.
  const original = names.map((name) => calibrationsOf(endedRuns(originals), name))
  const stoppedOnly = (i: number) => experimentData(originals, names[i]!).runs.length > 0
  const rows = (from: Found[], prefix: string, lacking: (i: number) => Cell) =>
    asTrained.map(([label, cell]): Cell[] => [
      prefix + label,
      ...from.map((found, i) => (found.length ? cell(found) : lacking(i))),
    ])
  return {
    columns: [{ label: '' }, ...data.experiments.map(({ experiment }) => ({ label: experiment.title, numeric: true }))],
    rows: [
      ...rows(ours, '', () => null),
      ...stored.map(([label, cell]): Cell[] => [
        label,
        ...ours.map((found) => {
          const one = temperedOf(found)
          return one ? cell(one.tempered!, one.asTrained) : found.length ? '–' : null
        }),
      ]),
      ...rows(original, 'original’s protocol: ', (i) => (stoppedOnly(i) ? '–' : null)),
    ],
    runs: [...ours, ...original].flat().map(({ run }) => run),
  }
}
