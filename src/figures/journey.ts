import { pictureSheet } from '../charts/picture-sheet.ts'
import { percent } from '../charts/format.ts'
import { channelPictures, convolveRelu, maxPool, type Activations } from '../data/activations.ts'
import { experimentData } from '../data/site-data.ts'
import { learnedWeights } from '../data/weight-structure.ts'
import { classLabel } from './class-names.ts'
import { journeyCharacter } from './characters.ts'
import type { FigureMaker, Sheet } from './figure.ts'

/** は: several strokes in several directions. */
const label = 5

/** One character's way through the convolutions and the pooling of a CNN. */
export const journey: FigureMaker = (data, { experiment = 'cnn' }) => {
  const learned = learnedWeights(data, experiment)
  if (!learned) return null
  const { layers } = experimentData(data, experiment).experiment
  const character = journeyCharacter(data, label)
  let activations: Activations = { height: 28, width: 28, channels: 1, values: Float32Array.from(character, (v) => v / 255) }
  const sheets: Sheet[] = [
    {
      name: `journey-${experiment}-input`,
      heading: 'Input, 28 × 28',
      alt: `${classLabel(label)}, the input`,
      raster: pictureSheet([character], { columns: 1 }),
      scale: 3,
    },
  ]
  let [weight, convolutions] = [0, 0]
  const silent: number[] = []
  const show = (name: string, heading: string, columns: number) =>
    sheets.push({
      name: `journey-${experiment}-${name}`,
      heading,
      alt: `${heading}: ${activations.channels} pictures`,
      raster: pictureSheet(channelPictures(activations), { columns, pictureWidth: activations.width, gutter: 2 }),
      scale: 2,
    })
  const shape = () => {
    const { height, width, channels, values } = activations
    const answering = new Set(Array.from(values.keys()).flatMap((i) => (values[i]! > 0 ? i % channels : [])))
    const empty = channels - answering.size
    return `${channels} pictures of ${height} × ${width}${empty ? `, ${empty} of them empty` : ''}`
  }
  for (const layer of layers) {
    if (layer.kind === 'conv2d') {
      activations = convolveRelu(activations, learned.weights[weight]!, learned.weights[weight + 1]!, layer.kernelSize)
      weight += 2
      silent.push(activations.values.filter((value) => value === 0).length / activations.values.length)
      show(`conv${++convolutions}`, `After convolution ${convolutions} and ReLU: ${shape()}`, convolutions === 1 ? 8 : 16)
    } else if (layer.kind === 'maxPool') {
      activations = maxPool(activations, layer.size)
      show('pool', `After max-pooling: ${shape()}`, 16)
    } else if (layer.kind === 'flatten') break
  }
  const zero = silent.at(-1)!
  const title =
    'The filters take the character apart' + (zero > 0.2 ? `; ${percent(zero, 0)} of the last convolution’s values are zero` : '')
  return {
    title,
    subtitle: `${classLabel(label)} on its way through the ${experimentData(data, experiment).series.title}; darker is a larger activation, each layer on its own scale`,
    alt: `${title}: pictures of every filter’s output, layer by layer.`,
    sheets,
    runs: [learned.run],
    characters: data.dataset ? 'data set' : 'drawn',
  }
}
