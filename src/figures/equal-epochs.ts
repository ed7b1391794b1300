import { mean } from 'd3-array'
import { equalEpochsChart, type PaceCurve } from '../charts/equal-epochs-chart.ts'
import { equalEpochs, type EqualEpochs } from '../data/reproduction/equal-epochs.ts'
import { publishedAtEpoch } from '../data/reproduction/rate-sweep.ts'
import { comparedFrom, type Reproduction } from '../data/reproduction/reproduction.ts'
import type { SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import { historiesWithPublished } from '../tables/histories-sheet.ts'
import { signed } from '../tables/signed.ts'
import type { TableData } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

function curveOf(runs: readonly Reproduction[], name: PaceCurve['name']): PaceCurve {
  const { one, published } = runs[0]!
  const from = ({ epoch }: { epoch: number }) => epoch >= comparedFrom
  return {
    series: one.series,
    name,
    runs: runs.map(({ run }) => run.history.map(({ epoch, valAccuracy }) => ({ epoch, value: valAccuracy })).filter(from)),
    published: published.curve.map(([epoch, , , , value]) => ({ epoch, value })).filter(from),
  }
}

/** Accuracies at the epochs that the original prints of the first network and all our runs reached. */
function atEqualEpochs(data: SiteData, { first: cnn, second: fcnn }: EqualEpochs): TableData {
  const reached = Math.min(...[...cnn, ...fcnn].map(({ run }) => run.epochs))
  const epochs = cnn[0]!.published.curve.map(([epoch]) => epoch).filter((epoch) => epoch >= comparedFrom && epoch <= reached)
  const ours = (runs: readonly Reproduction[], epoch: number) => mean(runs, ({ run }) => run.history[epoch - 1]!.valAccuracy)!
  const cell = (accuracy: number | null) => (accuracy === null ? '–' : writeNumber(accuracy, 'percent'))
  const numeric = true
  return {
    columns: [
      { label: 'Epoch', numeric },
      { label: 'CNN, published', numeric },
      { label: 'FCNN, published', numeric },
      { label: 'CNN, ours', numeric },
      { label: 'FCNN, ours', numeric },
      { label: 'CNN minus FCNN, ours, points', numeric },
    ],
    rows: epochs.map((epoch) => [
      writeNumber(epoch, 'count'),
      cell(publishedAtEpoch(data, 'cnn', epoch)),
      cell(publishedAtEpoch(data, 'fcnn', epoch)),
      cell(ours(cnn, epoch)),
      cell(ours(fcnn, epoch)),
      signed(ours(cnn, epoch) - ours(fcnn, epoch), 'points'),
    ]),
  }
}

function title({ ahead, secondLonger }: EqualEpochs): string {
  if (!ahead) return 'CNN and FCNN under the original’s protocol, epoch by epoch'
  return `Under the original’s protocol too the CNN is ahead at equal epochs${secondLonger ? '; the rule let the FCNN train longer' : ''}`
}

/** CNN and FCNN under the original's protocol on one pair of axes. */
export const equalEpochsFigure: FigureMaker = (data) => {
  const found = equalEpochs(data, 'cnn', 'fcnn')
  if (!found) return null
  const { first: cnn, second: fcnn, atLast } = found
  const heading = title(found)
  const several = cnn.length > 1 || fcnn.length > 1
  const gap = atLast && {
    epoch: atLast.epoch,
    from: atLast.second,
    to: atLast.first,
    words: [
      `${writeNumber(Math.abs(atLast.first - atLast.second), 'points')} points`,
      `at epoch ${writeNumber(atLast.epoch, 'count')}`,
    ],
  }
  return {
    title: heading,
    subtitle: `Test accuracy by epoch under the original’s protocol, from epoch ${comparedFrom} on: lines ours${several ? ' (dotted: other seeds)' : ''}, each to the point at which its training ended; open circles published, the last one with its epoch`,
    alt: `${heading}. The table below the chart has both networks at equal epochs.`,
    runs: [...cnn, ...fcnn].map(({ run }) => run),
    chart: (options) => equalEpochsChart([curveOf(cnn, 'above'), curveOf(fcnn, 'below')], gap, options),
    table: atEqualEpochs(data, found),
    data: historiesWithPublished(
      data,
      [cnn[0]!.one, fcnn[0]!.one],
      [...cnn, ...fcnn].map(({ run }) => run),
    ),
  }
}
