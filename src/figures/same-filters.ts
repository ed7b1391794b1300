import { activationLevels, convolveRelu, type Activations } from '../data/activations.ts'
import { learnedWeights, weightPictures } from '../data/weight-structure.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import { journeyCharacter } from './characters.ts'
import { classHeading, classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

/** お, す, な, や, を: round and straight strokes, the hardest class among them. */
const labels = [0, 2, 4, 7, 9]
const side = 28

/** Edges in four directions (Sobel), and even grey: what first-layer filters to show are chosen by. */
const upright = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
const lying = [-1, -2, -1, 0, 0, 0, 1, 2, 1]
const opposite = (pattern: readonly number[]) => pattern.map((weight) => -weight)
const patterns = [upright, opposite(upright), lying, opposite(lying), new Array<number>(9).fill(1)]
const filtersShown = patterns.length

/** For each pattern the filter that holds most of it, no filter twice. */
export function filtersByPattern(kernels: readonly Float32Array[]): number[] {
  const chosen: number[] = []
  for (const pattern of patterns) {
    const held = kernels.map((kernel) => pattern.reduce((sum, weight, i) => sum + weight * kernel[i]!, 0))
    const free = held.map((_, filter) => filter).filter((filter) => !chosen.includes(filter))
    chosen.push(free.reduce((best, filter) => (held[filter]! > held[best]! ? filter : best)))
  }
  return chosen
}

/** Of filters that answer in few places, the ones whose weakest answer to any of the characters is strongest. */
export function steadyFilters(all: readonly Activations[], count: number): number[] {
  const { channels } = all[0]!
  const places = all.reduce((sum, { values }) => sum + values.length / channels, 0)
  const each = Array.from({ length: channels }, (_, filter) => {
    let zeros = 0
    const strongest = all.map(({ values }) => {
      let most = -Infinity
      for (let i = filter; i < values.length; i += channels) {
        if (values[i] === 0) zeros++
        most = Math.max(most, values[i]!)
      }
      return most
    })
    return { filter, local: zeros / places > 0.8, weakest: Math.min(...strongest) }
  })
  return each
    .sort((a, b) => Number(b.local) - Number(a.local) || b.weakest - a.weakest || a.filter - b.filter)
    .slice(0, count)
    .map(({ filter }) => filter)
}

/** One channel in the middle of a 28 × 28 picture: each value stands where the pixels it was made of have their centre. */
function padded({ height, width, channels, values }: Activations, channel: number): Float32Array {
  const [top, left] = [Math.floor((side - height) / 2), Math.floor((side - width) / 2)]
  const picture = new Float32Array(side * side)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) picture[(y + top) * side + x + left] = values[(y * width + x) * channels + channel]!
  return picture
}

/** What some filters of both convolutions make of several characters: a row a character. */
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
  const chosen = [filtersByPattern(first.trained), steadyFilters(twice, filtersShown)]
  // One scale for a convolution's pictures of all characters, so that what a filter does not answer to stays pale.
  const [pictures1, pictures2] = [once, twice].map((all, layer) => {
    const shown = all.map((activations) => chosen[layer]!.map((channel) => padded(activations, channel)))
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
    subtitle:
      `Left half: test characters and what five filters of the first convolution make of them, those with most of a vertical edge (two), of a horizontal edge ` +
      `(two) and of even grey. Right half: the ${filtersShown} filters of the second that answer in few places and, there, most strongly in every row. A column is one filter; darker is a larger activation, one scale a half`,
    alt: `${title}: ${labels.length} rows of small pictures, one for each of ${labels.map(classLabel).join(', ')}.`,
    sheets,
    inRows: true,
    characters: data.dataset ? 'data set' : 'drawn',
    runs: [learned.run],
  }
}
