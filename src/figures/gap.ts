import { generalisationGap } from '../charts/generalisation-gap.ts'
import { claimHolds } from '../data/claims/claims.ts'
import { measured } from '../data/measured.ts'
import type { MeasureName } from '../data/measures.ts'
import { runsOf } from '../data/site-data.ts'
import { numberCell } from '../tables/table-data.ts'
import type { FigureMaker } from './figure.ts'

/** Accuracy on training, validation and test images of every experiment: the generalisation gap. */
export const gap: FigureMaker = (data) => {
  const of = (name: MeasureName, experiment: string) => measured(data, name, experiment)?.value ?? null
  const rows = data.experiments.map(({ series, experiment: { name } }) => {
    const [train, validation, test] = [of('trainAccuracy', name), of('validationAccuracy', name), of('accuracy', name)]
    const seeds = measured(data, 'accuracy', name)?.perSeed ?? []
    return {
      series,
      accuracy: train === null || test === null ? null : { train, validation, test },
      ...(seeds.length > 1 && { testSeeds: seeds }),
    }
  })
  if (rows.every(({ accuracy }) => !accuracy)) return null
  const narrower = claimHolds(data, 'cnn-gap-narrower')
  const overstates = claimHolds(data, 'validation-overstates')
  const title =
    (narrower === null
      ? 'How much is lost from training images to test images'
      : narrower
        ? 'The CNN loses less than the FCNN from training to test images'
        : 'The CNN does not surely lose less than the FCNN from training to test images') +
    (overstates ? '; validation accuracy lies above test accuracy in every network' : '')
  return {
    title,
    subtitle: `Accuracy of the kept weights, dropout off${rows.some(({ testSeeds }) => testSeeds) ? '; means over seeds, small dots: the test accuracy of each' : ''}`,
    alt: `${title}. The table below the chart has all values.`,
    runs: runsOf(data),
    chart: (options) => generalisationGap(rows, options),
    data: {
      columns: ['experiment', 'seed', 'training accuracy', 'validation accuracy', 'test accuracy'],
      rows: runsOf(data).map(({ experiment, seed, evaluation: { train, validation, test } }) => [
        experiment,
        seed,
        train.accuracy,
        validation?.accuracy ?? null,
        test.accuracy,
      ]),
    },
    table: {
      columns: [
        { label: 'Experiment' },
        { label: 'Training', numeric: true },
        { label: 'Validation', numeric: true },
        { label: 'Test', numeric: true },
        { label: 'Training − validation', group: 'Lost on the way, points', numeric: true },
        { label: 'Validation − test', group: 'Lost on the way, points', numeric: true },
      ],
      rows: rows.map(({ series, accuracy }) =>
        accuracy
          ? [
              series.title,
              numberCell(accuracy.train, 'percent'),
              accuracy.validation === null ? '–' : numberCell(accuracy.validation, 'percent'),
              numberCell(accuracy.test, 'percent'),
              accuracy.validation === null ? '–' : numberCell(accuracy.train - accuracy.validation, 'points'),
              accuracy.validation === null ? '–' : numberCell(accuracy.validation - accuracy.test, 'points'),
            ]
          : [series.title, null, null, null, null, null],
      ),
    },
  }
}
