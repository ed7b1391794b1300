import { describeLayers } from '../../experiments/models/layers.ts'
import { layerDrawing } from '../charts/layer-drawing.ts'
import { parameterBars } from '../charts/parameter-bars.ts'
import { experimentData } from '../data/site-data.ts'
import { measured } from '../data/measured.ts'
import { writeNumber } from '../data/write-number.ts'
import { numberCell } from '../tables/table-data.ts'
import { layersTable } from '../tables/layers.ts'
import type { FigureMaker } from './figure.ts'

/** A model's layers, drawn from its list. */
export const layers: FigureMaker = (data, choice) => {
  const { experiment, series } = experimentData(data, choice.experiment ?? 'cnn')
  const of = (name: 'parameters' | 'multiplyAdds' | 'firstDenseShare') => {
    const { value, kind } = measured(data, name, experiment.name)!
    return writeNumber(value, kind)
  }
  const title = `${experiment.title}: ${of('firstDenseShare')} of its ${of('parameters')} parameters are in its first dense layer`
  return {
    title,
    subtitle: 'Layers from input to output, each with its output’s shape, parameters and multiply-adds for one image',
    alt: `${title}. The table below the drawing lists every layer.`,
    chart: (options) => layerDrawing({ series, layers: experiment.layers }, options),
    table: layersTable(data, { experiment: experiment.name }),
    runs: [],
  }
}

/** Where the parameters sit and where the work is done, of the three models. */
export const parameters: FigureMaker = (data) => {
  const models = data.experiments.filter(({ experiment }) => !experiment.augmented)
  const share = (measure: 'firstDenseShare' | 'convolutionMultiplyAddShare', name: string) => measured(data, measure, name)!.value
  const convolves = models.filter(({ experiment }) => experiment.layers.some(({ kind }) => kind === 'conv2d'))
  const holds =
    models.every(({ experiment }) => share('firstDenseShare', experiment.name) > 0.5) &&
    convolves.every(({ experiment }) => share('convolutionMultiplyAddShare', experiment.name) > 0.5)
  const title = holds
    ? 'Most parameters sit in a dense layer, whatever the network; most of a CNN’s work is in its convolutions'
    : 'Where the parameters are, and where the work is'
  return {
    title,
    subtitle: 'Parameters, and multiply-adds for one image, of every layer that has weights',
    alt: `${title}. The table below the chart has the sums.`,
    runs: [],
    chart: (options) =>
      parameterBars(
        models.map(({ series, experiment }) => ({ series, layers: experiment.layers })),
        options,
      ),
    data: {
      columns: ['experiment', 'layer', 'kind', 'parameters', 'multiply-adds'],
      rows: models.flatMap(({ experiment }) =>
        describeLayers(experiment.layers).flatMap(({ layer, parameters: own, multiplyAdds }, i) =>
          own ? [[experiment.name, i + 1, layer.kind, own, multiplyAdds]] : [],
        ),
      ),
    },
    table: {
      columns: [
        { label: 'Network' },
        { label: 'Parameters', numeric: true },
        { label: 'in the first dense layer', numeric: true },
        { label: 'Multiply-adds', numeric: true },
        { label: 'in convolutions', numeric: true },
      ],
      rows: models.map(({ experiment: { name, title: network } }) => [
        network,
        ...(['parameters', 'firstDenseShare', 'multiplyAdds', 'convolutionMultiplyAddShare'] as const).map((measure) => {
          const { value, kind } = measured(data, measure, name)!
          return numberCell(value, kind)
        }),
      ]),
    },
  }
}
