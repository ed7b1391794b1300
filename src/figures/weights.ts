import { mean } from 'd3-array'
import { filterGrid } from '../charts/filter-grid.ts'
import { kernelStructureChart } from '../charts/kernel-structure-chart.ts'
import { signedScaleBar } from '../charts/signed-scale-bar.ts'
import { filtersByNorm, orderByNorm, signedLimit } from '../charts/weight-pictures.ts'
import { percent } from '../charts/format.ts'
import type { KernelStructure } from '../../experiments/statistics/kernel-structure.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { writeCorrelation } from '../data/write-number.ts'
import type { DataSheet } from '../tables/data-sheet.ts'
import {
  kernelMeasures,
  kernelParts,
  lowOrder,
  structureTest,
  weightPictures,
  type WeightLayer,
  likeness,
  structureOfKernel,
} from '../data/weight-structure.ts'
import type { FigureContent, FigureMaker } from './figure.ts'

const states = ['trained', 'untrained'] as const

/** Trained and untrained pictures as two sheets on one scale, with its legend. */
function pairOfSheets(
  name: string,
  pictures: { trained: Float32Array[]; untrained: Float32Array[] },
  layout: { pictureWidth: number; columns: number; scale: number },
  what: string,
): Required<Pick<FigureContent, 'sheets' | 'legend'>> {
  const limit = signedLimit([...pictures.trained, ...pictures.untrained], 0.995)
  const sheets = states.map((state) => ({
    name: `${name}-${state}`,
    heading: state === 'trained' ? 'Trained' : 'Untrained',
    alt: `${what}, ${state}`,
    raster: filterGrid(pictures[state], { ...layout, limit }),
    scale: layout.scale,
  }))
  return { sheets, legend: (options) => signedScaleBar(limit, { ...options, title: 'weight' }) }
}

const pick = <Item>(items: readonly Item[], order: readonly number[]) => order.map((i) => items[i]!)

/** Weights of 3 × 3 kernels, a weight a row; filters are numbered as the network has them. */
const weightsSheet = (kernels: Record<(typeof states)[number], Float32Array[]>): DataSheet => ({
  columns: ['state', 'filter', 'row', 'column', 'weight'],
  rows: states.flatMap((state) =>
    kernels[state].flatMap((kernel, filter) =>
      Array.from(kernel, (weight, i) => [state, filter + 1, Math.floor(i / 3) + 1, (i % 3) + 1, weight]),
    ),
  ),
})

/** Shares of energy of every kernel. */
const structureSheet = (kernels: Record<(typeof states)[number], KernelStructure[]>): DataSheet => ({
  columns: ['state', 'kernel', 'mean', 'vertical edges', 'horizontal edges', 'blur', 'rest'],
  rows: states.flatMap((state) =>
    kernels[state].map(({ mean: even, edgeX, edgeY, blur, rest }, i) => [state, i + 1, even, edgeX, edgeY, blur, rest]),
  ),
})

const partNames = { even: 'even grey', edges: 'edges', blur: 'blur' } as const

/** Which patterns trained kernels hold more of than any of the untrained ones, the largest first. */
function beyondChance(data: SiteData, experiment: string, layer: Exclude<WeightLayer, 'dense'>): (keyof typeof partNames)[] {
  const parts = kernelParts(data, experiment, layer)
  return (['even', 'edges', 'blur'] as const)
    .filter((part) => parts && parts[part].trained > parts[part].untrained.high)
    .sort((a, b) => parts![b].trained - parts![a].trained)
}

/** In words: "edges and even grey". */
const madeOf = (...of: Parameters<typeof beyondChance>): string =>
  beyondChance(...of)
    .map((part) => partNames[part])
    .join(' and ') || 'structure'

/** Mean norm. */
const strength = (kernels: readonly Float32Array[]): number => mean(kernels, (weights) => Math.hypot(...weights))!

/** All first-layer filters of a CNN, trained and untrained, by norm. */
export const firstFilters: FigureMaker = (data, { experiment = 'cnn' }) => {
  const pictures = weightPictures(data, experiment, 'first')
  const test = structureTest(data, experiment, 'first')
  if (!pictures || !test) return null
  const { title: name } = experimentData(data, experiment).series
  const sorted = {
    trained: pick(pictures.trained, orderByNorm(pictures.trained)),
    untrained: pick(pictures.untrained, orderByNorm(pictures.untrained)),
  }
  const title = test.structured
    ? `${name}: first-layer filters ${strength(pictures.trained) > strength(pictures.untrained) ? 'grow stronger in training and ' : ''}hold more ${madeOf(data, experiment, 'first')} than chance gives`
    : `${name}: first-layer filters have no more structure than chance gives`
  const columns = 8
  return {
    title,
    subtitle: `All ${pictures.trained.length} filters, 3 × 3 weights each, the strongest first`,
    alt: `${title}. ${percent(test.trained, 0)} of a trained kernel’s energy is in mean, edges and blur, ${percent(test.untrained.mean, 0)} of an untrained one’s.`,
    data: weightsSheet(pictures),
    runs: [pictures.run],
    ...pairOfSheets(`filters-first-${experiment}`, sorted, { pictureWidth: 3, columns, scale: 10 }, 'First-layer filters'),
  }
}

/** All second-layer kernels of a CNN: a column a filter, a row an input channel, both by norm. */
export const secondFilters: FigureMaker = (data, { experiment = 'cnn' }) => {
  const below = weightPictures(data, experiment, 'first')
  const pictures = weightPictures(data, experiment, 'second')
  const test = structureTest(data, experiment, 'second')
  if (!below || !pictures || !test) return null
  const filters = pictures.shape.at(-1)!
  const arrange = (state: (typeof states)[number]) => {
    const byChannel = Array.from({ length: pictures[state].length / filters }, (_, channel) =>
      pictures[state].slice(channel * filters, (channel + 1) * filters),
    )
    const order = filtersByNorm(byChannel)
    return pick(byChannel, orderByNorm(below[state])).flatMap((row) => pick(row, order))
  }
  const { title: name } = experimentData(data, experiment).series
  const title = test.structured
    ? `${name}: second-layer kernels look like noise, but hold more ${madeOf(data, experiment, 'second')} than chance gives`
    : `${name}: the second layer’s kernels have no more structure than chance gives`
  return {
    title,
    subtitle: `All ${pictures.trained.length.toLocaleString('en')} kernels: a column a filter, the strongest first; a row what comes from one first-layer filter, the strongest first`,
    alt: `${title}. ${percent(test.trained, 0)} of a trained kernel’s energy is in mean, edges and blur, ${percent(test.untrained.mean, 0)} of an untrained one’s.`,
    runs: [pictures.run],
    ...pairOfSheets(
      `filters-second-${experiment}`,
      { trained: arrange('trained'), untrained: arrange('untrained') },
      { pictureWidth: 3, columns: filters, scale: 3 },
      'Second-layer kernels',
    ),
  }
}

/** How much of each kernel's energy lies in mean, edges and blur, trained and untrained. */
const structure =
  (layer: Exclude<WeightLayer, 'dense'>): FigureMaker =>
  (data, { experiment = 'cnn' }) => {
    const pictures = weightPictures(data, experiment, layer)
    if (!pictures) return null
    const { series } = experimentData(data, experiment)
    const [trained, untrained] = [pictures.trained.map(structureOfKernel), pictures.untrained.map(structureOfKernel)]
    const part = beyondChance(data, experiment, layer)[0]
    const of = (kernels: Float32Array[]) => percent(kernelMeasures[part ?? 'all'](kernels))
    const title =
      `${layer === 'first' ? 'First' : 'Second'} layer: ${of(pictures.trained)} of a kernel’s energy lies in ${part ? partNames[part] : 'even grey, edges and blur'}, ` +
      `against ${of(pictures.untrained)} before training`
    const share = (of: keyof (typeof trained)[number], kernels: typeof trained) =>
      percent(
        mean(kernels, (one) => one[of])!,
        1,
      )
    return {
      title,
      subtitle: `Share of each 3 × 3 kernel’s energy (sum of squares) in each pattern, ${series.title}: filled as trained, outlined as this run began`,
      alt: `${title}.`,
      data: structureSheet({ trained, untrained }),
      runs: [pictures.run],
      chart: (options) => kernelStructureChart({ series, trained, untrained }, options),
      table: {
        columns: [{ label: 'Mean share of energy' }, { label: 'Trained', numeric: true }, { label: 'Untrained', numeric: true }],
        rows: (
          [
            ['even grey (mean)', 'mean'],
            ['vertical edges', 'edgeX'],
            ['horizontal edges', 'edgeY'],
            ['blur', 'blur'],
            ['the rest', 'rest'],
          ] as const
        ).map(([label, of]) => [label, share(of, trained), share(of, untrained)]),
        summary: [['all but the rest', percent(mean(trained, lowOrder)!, 1), percent(mean(untrained, lowOrder)!, 1)]],
      },
    }
  }
export const firstStructure = structure('first')
export const secondStructure = structure('second')

const unitsShown = 24

/** The strongest units of the FCNN's first layer as pictures, trained and untrained. */
export const denseWeights: FigureMaker = (data, { experiment = 'fcnn' }) => {
  const pictures = weightPictures(data, experiment, 'dense')
  const test = structureTest(data, experiment, 'dense')
  if (!pictures || !test) return null
  const strongest = (all: Float32Array[]) => pick(all, orderByNorm(all).slice(0, unitsShown))
  const title = test.structured
    ? 'The FCNN’s weights can be drawn, and neighbouring pixels have similar weights'
    : 'The FCNN’s weights can be drawn, and look like noise'
  const moran = (all: Float32Array[]) => writeCorrelation(likeness(all, 28))
  return {
    title,
    subtitle: `The ${unitsShown} strongest of ${pictures.trained.length.toLocaleString('en')} first-layer units, 28 × 28 weights each`,
    alt: `${title}. Moran’s I of the trained weights is ${writeCorrelation(test.trained)} on average, of untrained ones ${writeCorrelation(test.untrained.mean)}.`,
    runs: [pictures.run],
    ...pairOfSheets(
      `dense-${experiment}`,
      { trained: strongest(pictures.trained), untrained: strongest(pictures.untrained) },
      { pictureWidth: 28, columns: 6, scale: 2 },
      'First-layer weights',
    ),
    table: {
      columns: [{ label: 'Mean of Moran’s I' }, { label: 'Trained', numeric: true }, { label: 'Untrained', numeric: true }],
      rows: [
        ['all units', moran(pictures.trained), moran(pictures.untrained)],
        [`the ${unitsShown} strongest`, moran(strongest(pictures.trained)), moran(strongest(pictures.untrained))],
      ],
    },
  }
}
