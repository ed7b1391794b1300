import { expect, test } from 'vitest'
import { weightSpecs } from '../../experiments/models/layers.ts'
import { structureTest, weightPictures } from '../../src/data/weight-structure.ts'
import { experimentData, type SiteData } from '../../src/data/site-data.ts'
import { initialWeights } from '../../experiments/models/initial-weights.ts'
import { madeUpSite } from './made-up-site.ts'

/** The same runs with other weights. */
const withWeights = (data: SiteData, name: string, change: (weights: Float32Array[]) => Float32Array[]): SiteData => ({
  ...data,
  weights: (run) =>
    run.experiment === name ? change(initialWeights(experimentData(data, name).experiment.layers, 71)) : undefined,
})

test('finds no structure in weights that were never trained', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false })
  const untrained = withWeights(
    withWeights(data, 'fcnn', (w) => w),
    'cnn',
    (w) => w,
  )
  expect(structureTest(untrained, 'cnn', 'second')!.structured).toBe(false)
})

test('finds structure in kernels of one sign, and in dense weights that change slowly over the image', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], weights: false })
  const even = withWeights(data, 'cnn', (weights) => weights.map((array) => array.map(Math.abs)))
  expect(structureTest(even, 'cnn', 'first')!.structured).toBe(true)
  const smooth = withWeights(data, 'fcnn', (weights) => [
    weights[0]!.map((_, i) => Math.sin(Math.floor(i / 1024) / 28)),
    ...weights.slice(1),
  ])
  const found = structureTest(smooth, 'fcnn', 'dense')!
  expect(found.structured).toBe(true)
  expect(found.trained).toBeGreaterThan(0.7)
})

test('shows the untrained weights that the run began with', () => {
  const data = madeUpSite({ experiments: ['cnn'] })
  const { layers } = experimentData(data, 'cnn').experiment
  const { untrained, shape, run } = weightPictures(data, 'cnn', 'second')!
  expect(shape).toEqual([3, 3, 32, 64])
  const kernel = initialWeights(layers, run.seed)[weightSpecs(layers).findIndex(({ name }) => name === 'conv2d_2/kernel')]!
  // The kernel of channel 1, filter 2, top left weight.
  expect(untrained[1 * 64 + 2]![0]).toBe(kernel[1 * 64 + 2])
})

test('is null while the experiment was not run', () => {
  expect(structureTest(madeUpSite(), 'cnn', 'first')).toBeNull()
})
