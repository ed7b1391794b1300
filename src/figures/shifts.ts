import { z95 } from '../../experiments/statistics/interval.ts'
import { shiftChart, type ShiftRow } from '../charts/shift-chart.ts'
import { atDistance, losesLess, shiftsOf } from '../data/shift-tolerance.ts'
import type { SiteData } from '../data/site-data.ts'
import { writeBound, writeNumber } from '../data/write-number.ts'
import { numberCell } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

/** What the curves bear out of pooling and augmentation. */
function shiftTitle(data: SiteData): string {
  const pooling = losesLess(data, 'cnn', 'cnn-no-pooling', 2)
  if (pooling === null) return 'Accuracy on shifted test characters'
  const fcnnLast = data.experiments.every(({ experiment: { name } }) => name === 'fcnn' || losesLess(data, name, 'fcnn', 2) === 1)
  const first =
    pooling === 1
      ? 'In one pair of CNNs the one with pooling tolerates shifts better'
      : pooling === 0
        ? 'In one pair of CNNs two pixels cost the one with pooling as much as the one without'
        : 'In one pair of CNNs the one with pooling tolerates shifts worse'
  return fcnnLast ? `${first}; the FCNN tolerates them least` : first
}

/** Accuracy when the test characters are shifted by 0 … 4 pixels. */
export const shifts: FigureMaker = (data) => {
  const known = data.experiments.flatMap(({ experiment, series }) => {
    const found = shiftsOf(data, experiment.name)
    return found ? [{ series, ...found }] : []
  })
  if (known.length === 0) return null
  const title = shiftTitle(data)
  const rows = known.map(({ series, result }): ShiftRow => ({
    series,
    points: result.map(({ distance, accuracy, standardError }) => ({
      distance,
      accuracy,
      interval: { low: accuracy - z95 * standardError, high: Math.min(1, accuracy + z95 * standardError) },
    })),
  }))
  const widest = Math.max(...known.flatMap(({ result }) => result.map(({ standardError }) => z95 * standardError)))
  const distances = known[0]!.result.map(({ distance }) => distance)
  const last = distances.at(-1)!
  return {
    title,
    subtitle:
      'Accuracy on the test images, moved along rows, columns or both (the mean of eight directions; paper comes in). ' +
      `95 % intervals over test images are within ±${writeBound(widest, 'points')} points`,
    alt: `${title}. At ${last} pixels: ${known.map(({ series, result }) => `${series.title} ${writeNumber(atDistance(result, last).accuracy, 'percent')}`).join(', ')}.`,
    chart: (options) => shiftChart(rows, options),
    runs: known.map(({ run }) => run),
    table: {
      columns: [
        { label: 'Pixels', numeric: true },
        ...known.flatMap(({ series }) => [
          { label: 'accuracy', group: series.title, numeric: true },
          { label: 'macro F1', group: series.title, numeric: true },
        ]),
      ],
      rows: distances.map((distance) => [
        String(distance),
        ...known.flatMap(({ result }) => {
          const { accuracy, macroF1 } = atDistance(result, distance)
          return [numberCell(accuracy, 'percent'), numberCell(macroF1, 'score')]
        }),
      ]),
    },
    data: {
      columns: ['experiment', 'seed', 'pixels', 'accuracy', 'standard error', 'change', 'its standard error', 'macro F1'],
      rows: known.flatMap(({ series, run, result }) =>
        result.map((one) => [
          series.name,
          run.seed,
          one.distance,
          one.accuracy,
          one.standardError,
          one.change,
          one.changeError,
          one.macroF1,
        ]),
      ),
    },
  }
}
