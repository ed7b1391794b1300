import { mean } from 'd3-array'
import type { Experiment } from '../../experiments/catalogue.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { describeLayers, type Layer } from '../../experiments/models/layers.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { kernelStructure, type KernelStructure } from '../../experiments/statistics/kernel-structure.ts'
import { spatialAutocorrelation } from '../../experiments/statistics/spatial-autocorrelation.ts'
import { convolutionKernels, unitPictures } from '../charts/weight-pictures.ts'
import { once, onceByKey } from './once.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** The weights of the first run of an experiment that keeps them; null while there is none. */
export function learnedWeights(data: SiteData, experimentName: string): { run: RunRecord; weights: Float32Array[] } | null {
  for (const run of experimentData(data, experimentName).runs) {
    const weights = data.weights(run)
    if (weights) return { run, weights }
  }
  return null
}

export const weightLayers = ['first', 'second', 'dense'] as const
export type WeightLayer = (typeof weightLayers)[number]

/** Which layer of a model `layer` names, and where its kernel stands among all weights. */
function layerOf(data: SiteData, experimentName: string, layer: WeightLayer) {
  const described = describeLayers(experimentData(data, experimentName).experiment.layers)
  const kind = layer === 'dense' ? 'dense' : 'conv2d'
  const found = described.filter((one) => one.layer.kind === kind)[layer === 'second' ? 1 : 0]
  if (!found) throw new Error(`${experimentName} has no ${layer} layer of kind ${kind}`)
  const index = described.slice(0, found.index).reduce((sum, { weights }) => sum + weights.length, 0)
  return { place: found.index, index, shape: found.weights[0]!.shape }
}

/** Kernels (by channel, then filter) or units of one weight array as pictures. */
const picturesOf = (weights: Float32Array, shape: readonly number[]): Float32Array[] =>
  shape.length === 2 ? unitPictures(weights, shape) : convolutionKernels(weights, shape).flat()

const pictured = new WeakMap<SiteData, Map<string, ReturnType<typeof makePictures>>>()

/** Pictures of a layer's weights, trained and as the run began; null while the experiment was not run. */
export const weightPictures = (data: SiteData, experimentName: string, layer: WeightLayer) =>
  onceByKey(pictured, data, `${experimentName}/${layer}`, () => makePictures(data, experimentName, layer))

function makePictures(data: SiteData, experimentName: string, layer: WeightLayer) {
  const learned = learnedWeights(data, experimentName)
  if (!learned) return null
  const { place, index, shape } = layerOf(data, experimentName, layer)
  // A layer's initial weights don't depend on those that follow.
  const begun = initialWeights(experimentData(data, experimentName).experiment.layers.slice(0, place + 1), learned.run.seed)
  return {
    trained: picturesOf(learned.weights[index]!, shape),
    untrained: picturesOf(begun[index]!, shape),
    /** `[3, 3, channels in, filters]` or `[pixels, units]`. */
    shape,
    run: learned.run,
  }
}

/** Share of a 3 × 3 kernel's energy in the four low-order directions. */
export const lowOrder = (shares: KernelStructure): number => shares.mean + shares.edgeX + shares.edgeY + shares.blur

type Pictures = readonly Float32Array[]

/** Moran's I of pictures, on average; those of one value have none and are left out. NaN where none has. */
export const likeness = (pictures: Pictures, side: number) =>
  mean(pictures, (picture) => spatialAutocorrelation(picture, side, side))!

const structures = new WeakMap<Float32Array, KernelStructure>()

/** Each kernel's once: several measures are made of it, under the original's protocol and by ours. */
export const structureOfKernel = (kernel: Float32Array): KernelStructure =>
  once(structures, kernel, () => kernelStructure(kernel))

const share = (of: (shares: KernelStructure) => number) => (pictures: Pictures) =>
  mean(pictures, (picture) => of(structureOfKernel(picture)))!

/** What is measured of 3 × 3 kernels: mean shares of their energy, and how alike neighbouring weights are (Moran's I). */
export const kernelMeasures = {
  even: share((shares) => shares.mean),
  edges: share(({ edgeX, edgeY }) => edgeX + edgeY),
  blur: share(({ blur }) => blur),
  all: share(lowOrder),
  likeness: (pictures: Pictures) => likeness(pictures, 3),
}
export type KernelMeasure = keyof typeof kernelMeasures

/** The measure of a layer as a whole: mean low-order share of its 3 × 3 kernels, or mean Moran's I of its 28 × 28 pictures. */
const structureOf = (pictures: Pictures, layer: WeightLayer): number =>
  layer === 'dense' ? likeness(pictures, 28) : kernelMeasures.all(pictures)

/** A measure of trained weights beside those of networks that were never trained. */
export interface AgainstChance {
  trained: number
  untrained: { mean: number; low: number; high: number }
}

export interface StructureTest extends AgainstChance {
  /** Whether the trained layer lies above all untrained ones: chance alone would put it there once in 21 times. */
  structured: boolean
  run: RunRecord
}

const draws = 20
const tested = new WeakMap<SiteData, Map<string, StructureTest | null>>()
const measuredKernels = new WeakMap<SiteData, Map<string, Record<KernelMeasure, AgainstChance> | null>>()

/** By the layers, whatever the data: those of several experiments begin alike. */
const drawnByChance = new Map<string, Pictures[]>()

/**
 * Whether a layer's weights have more structure than chance: its measure against those of untrained networks of 20 other seeds
 * (the least and the greatest of them are given). Null while the experiment was not run.
 */
export const structureTest = (data: SiteData, experimentName: string, layer: WeightLayer): StructureTest | null =>
  onceByKey(tested, data, `${experimentName}/${layer}`, () => testStructure(data, experimentName, layer))

/** The convolution that `layer` names, if its kernels are 3 × 3 and so can be measured, with those before it; undefined where there is none. */
export const measuredConvolution = (
  { layers }: Experiment,
  layer: Exclude<WeightLayer, 'dense'>,
): readonly Layer[] | undefined => {
  const place = layer === 'second' ? 1 : 0
  const convolutions = layers.filter((one) => one.kind === 'conv2d')
  return convolutions[place]?.kernelSize === 3 ? convolutions.slice(0, place + 1) : undefined
}

/**
 * What the kernels of a convolution are made of, one measure at a time, against the same 20 untrained networks. Null while the
 * experiment was not run.
 */
export const kernelParts = (
  data: SiteData,
  experimentName: string,
  layer: Exclude<WeightLayer, 'dense'>,
): Record<KernelMeasure, AgainstChance> | null =>
  onceByKey(measuredKernels, data, `${experimentName}/${layer}`, () => {
    const pictures = weightPictures(data, experimentName, layer)
    if (!pictures) return null
    const untrained = untrainedPictures(data, experimentName, layer)
    const against = (of: (typeof kernelMeasures)[KernelMeasure]): AgainstChance => againstChance(pictures.trained, untrained, of)
    const { even, edges, blur, all, likeness: alike } = kernelMeasures
    return { even: against(even), edges: against(edges), blur: against(blur), all: against(all), likeness: against(alike) }
  })

function againstChance(trained: Pictures, untrained: readonly Pictures[], of: (pictures: Pictures) => number): AgainstChance {
  const chance = untrained.map(of)
  return { trained: of(trained), untrained: { mean: mean(chance)!, low: Math.min(...chance), high: Math.max(...chance) } }
}

/** A layer's pictures in 20 networks that were never trained. */
function untrainedPictures(data: SiteData, experimentName: string, layer: WeightLayer): Pictures[] {
  const { experiment } = experimentData(data, experimentName)
  const { place, index, shape } = layerOf(data, experimentName, layer)
  const layers = experiment.layers.slice(0, place + 1)
  const key = `${index} of ${JSON.stringify(layers)}`
  const known =
    drawnByChance.get(key) ??
    Array.from({ length: draws }, (_, draw) => picturesOf(initialWeights(layers, 1000 + draw)[index]!, shape))
  drawnByChance.set(key, known)
  return known
}

function testStructure(data: SiteData, experimentName: string, layer: WeightLayer): StructureTest | null {
  const pictures = weightPictures(data, experimentName, layer)
  if (!pictures) return null
  const measure = againstChance(pictures.trained, untrainedPictures(data, experimentName, layer), (each) =>
    structureOf(each, layer),
  )
  return { ...measure, structured: measure.trained > measure.untrained.high, run: pictures.run }
}
