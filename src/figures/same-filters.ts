import { orderByNorm } from '../charts/weight-pictures.ts'
import { activationLevels, convolveRelu, type Activations } from '../data/activations.ts'
import { experimentData } from '../data/site-data.ts'
import { learnedWeights, weightPictures } from '../data/weight-structure.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import { journeyCharacter } from './characters.ts'
import { classHeading, classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

/** お, す, な, や, を: round and straight strokes, the hardest class among them. */
const labels = [0, 2, 4, 7, 9]
const filtersShown = 5
const side = 28

/** One channel in the middle of a 28 × 28 picture: each value stands where the pixels it was made of have their centre. */
function padded({ height, width, channels, values }: Activations, channel: number): Float32Array {
  const [top, left] = [Math.floor((side - height) / 2), Math.floor((side - width) / 2)]
  const picture = new Float32Array(side * side)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) picture[(y + top) * side + x + left] = values[(y * width + x) * channels + channel]!
  return picture
}

/** What the strongest filters of both convolutions make of several characters: a row a character. */
export const sameFilters: FigureMaker = (data, { experiment = 'cnn' }) => {
  const learned = learnedWeights(data, experiment)
  const first = weightPictures(data, experiment, 'first')
  if (!learned || !first) return null
  const [kernel1, bias1, kernel2, bias2] = learned.weights as [Float32Array, Float32Array, Float32Array, Float32Array]
  const characters = labels.map((label) => journeyCharacter(data, label))
  const once = characters.map((pixels) =>
    convolveRelu(
      { height: side, width: side, channels: 1, values: Float32Array.from(pixels, (v) => v / 255) },
      kernel1,
      bias1,
      3,
    ),
  )
  const twice = once.map((activations) => convolveRelu(activations, kernel2, bias2, 3))
  const strongest = [orderByNorm(first.trained), filterOrder(kernel2, bias2.length)].map((order) => order.slice(0, filtersShown))
  // One scale for a convolution's pictures of all characters, so that what a filter does not answer to stays pale.
  const [pictures1, pictures2] = [once, twice].map((all, layer) => {
    const shown = all.map((activations) => strongest[layer]!.map((channel) => padded(activations, channel)))
    const levels = activationLevels(shown.flat())
    return shown.map((row) => row.map(levels))
  }) as [Uint8Array[][], Uint8Array[][]]
  const sheets = labels.map((label, row): Sheet => ({
    name: `same-filters-${experiment}-${label}`,
    ...classHeading(label),
    alt: `${classLabel(label)}, and what ${filtersShown} filters of each convolution make of it`,
    raster: pictureSheet([characters[row]!, ...pictures1[row]!, characters[row]!.slice(), ...pictures2[row]!], {
      columns: 2 * (filtersShown + 1),
      gutter: 2,
      group: filtersShown + 1,
    }),
    scale: 2,
  }))
  const title = 'A filter answers to its pattern wherever it stands, in whatever character'
  return {
    title,
    subtitle: `Test characters, and beside each what the ${filtersShown} strongest filters of the first convolution (left half) and of the second (right half) make of it, ${experimentData(data, experiment).series.title}. A column is one filter; darker is a larger activation, one scale a half`,
    alt: `${title}: ${labels.length} rows of small pictures, one for each of ${labels.map(classLabel).join(', ')}.`,
    sheets,
    inRows: true,
    characters: data.dataset ? 'data set' : 'drawn',
    runs: [learned.run],
  }
}

/** Filters of a convolution by the norm of all their weights, the largest first. */
const filterOrder = (kernel: Float32Array, filters: number): number[] =>
  orderByNorm(Array.from({ length: filters }, (_, f) => kernel.filter((__, i) => i % filters === f)))
