import { expect, test } from 'vitest'
import { shiftsKind } from '../../experiments/analyses/shifts.ts'
import { analysisPath, ofWeights, runSuffix, writeAnalysis } from '../../experiments/analyses/stored-analysis.ts'
import {
  analysedNote,
  compareNote,
  hardestClassNote,
  measureNote,
  mistakeNote,
  publishedNote,
  rangeNote,
  structureNote,
} from '../../src/data/number-notes.ts'
import { measured } from '../../src/data/measured.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { writeInterval } from '../../src/data/write-number.ts'
import { scoreOf } from '../tables/hand-made.ts'
import { siteOfRuns } from './made-up-runs.ts'
import { madeUpSite } from './made-up-site.ts'

const seeds = [1, 2, 3]

test('a measure’s note has one value a seed, its formula and its interval over seeds', () => {
  const data = madeUpSite({ experiments: ['cnn'], seeds, weights: false })
  const note = measureNote(data, 'accuracy', 'cnn')!
  const found = measured(data, 'accuracy', 'cnn')!
  expect(note.title).toBe('CNN: accuracy on the test set. Mean of 3 seeds')
  expect(note.formula).toBe('Test images read right ÷ all test images')
  expect(note.interval).toBe(`95\u00a0% interval ${writeInterval(found.interval!, 'percent')} over seeds (Student’s t)`)
  expect(note.runs.map(({ run, text }) => [run.seed, text])).toEqual(
    found.runs.map(({ seed, evaluation }) => [seed, `${(evaluation.test.accuracy * 100).toFixed(1)}\u00a0%`]),
  )
})

test('of one run, the note says by which method its interval over test images was found', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  expect(measureNote(data, 'accuracy', 'cnn')!.interval).toMatch(/over test images \(Wilson\)$/)
  expect(measureNote(data, 'macroF1', 'cnn')!.interval).toMatch(/over test images \(bootstrap within each class\)$/)
  expect(measureNote(data, 'epochs', 'cnn')!.interval).toBeNull()
})

test('a number that follows from the model names no run', () => {
  expect(measureNote(madeUpSite(), 'parameters', 'cnn')).toMatchObject({ runs: [], formula: 'Counted from the model’s layers' })
})

test('a comparison’s note has the runs of both and its method', () => {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], seeds, weights: false })
  const note = compareNote(data, 'cnn', 'fcnn')!
  expect(note.title).toBe('Test accuracy, CNN minus FCNN. Mean of 3 seeds')
  expect(note.formula).toContain('3 pairs of runs of the same seed')
  expect(note.runs.map(({ run }) => `${run.experiment} ${run.seed}`).sort()).toEqual([
    'cnn 1',
    'cnn 2',
    'cnn 3',
    'fcnn 1',
    'fcnn 2',
    'fcnn 3',
  ])
})

/** Two seeds that read お as き and す as つ. */
function misreading(): SiteData {
  const data = siteOfRuns({ corrected: { cnn: [{}, {}] } })
  const mistakes = [
    [6, 1],
    [2, 3],
  ] as const
  mistakes.forEach(([ofO, ofSu], i) => {
    data.allRuns[i]!.evaluation.test = scoreOf(10, 0.1, [
      [0, 1, ofO],
      [2, 3, ofSu],
    ])
  })
  return data
}

test('the commonest mistake’s note counts its images in each run', () => {
  const { title, formula, runs } = mistakeNote(misreading(), 'cnn')!
  expect(title).toBe('CNN: the commonest mistake on the test set, the mean over seeds')
  expect(formula).toBe('Images of o read as ki ÷ images of o. Images:')
  expect(runs.map(({ run, text }) => [run.seed, text])).toEqual([
    [1, '6'],
    [2, '2'],
  ])
})

test('the hardest class’ note has its F1 in each run', () => {
  // Of お, 4 and 8 of 10 are read right, and nothing else is read as it: 8 ÷ 14 and 16 ÷ 18.
  expect(hardestClassNote(misreading(), 'cnn')!.runs.map(({ run, text }) => [run.seed, text])).toEqual([
    [1, '.571'],
    [2, '.889'],
  ])
})

/** A CNN whose first kernels are upright edges and whose second ones are even, an FCNN with ink above and none below. */
function structured(): SiteData {
  const data = siteOfRuns({ corrected: { cnn: {}, fcnn: {} } })
  const filled = (length: number, value: (i: number) => number) => Float32Array.from({ length }, (_, i) => value(i))
  const weights: Record<string, Float32Array[]> = {
    cnn: [filled(9 * 32, (i) => (Math.floor(i / 32) % 3) - 1), filled(32, () => 0), filled(9 * 32 * 64, () => 1)],
    fcnn: [filled(784 * 1024, (i) => (i < 392 * 1024 ? 1 : -1))],
  }
  return { ...data, weights: (run) => weights[run.experiment] }
}

test('a convolution’s note has the share of its kernels’ energy, and between what untrained ones lie', () => {
  const data = structured()
  const of = (layer: 'first' | 'second', part?: 'even' | 'edges') =>
    structureNote(data, 'cnn', layer, { untrained: false, part })!
  const { title, formula, interval, runs } = of('first', 'edges')
  expect(title).toBe('CNN: structure of the first layer’s weights, trained')
  expect(formula).toBe('Mean over the layer’s 3 × 3 kernels of the share of their sum of squares in two edges')
  expect(runs.map(({ run, text }) => [run.experiment, text])).toEqual([['cnn', '89\u00a0%']])
  // Independent weights have two ninths there.
  const [low, high] = /untrained: (\d+)\u00a0% to (\d+)\u00a0%$/.exec(interval!)!.slice(1).map(Number) as [number, number]
  expect([low > 10, low < 22, high > 22, high < 35]).toEqual([true, true, true, true])
  // The Prewitt edge lies along the Sobel edge with a cosine of 8 / √72.
  const texts = [of('first'), of('first', 'even'), of('second'), of('second', 'even')].map((note) => note.runs[0]!.text)
  expect(texts).toEqual(['89\u00a0%', '0\u00a0%', '100\u00a0%', '100\u00a0%'])
  expect(of('second').title).toBe('CNN: structure of the second layer’s weights, trained')
})

test('a dense layer’s note has Moran’s I of its units', () => {
  const { title, formula, interval, runs } = structureNote(structured(), 'fcnn', 'dense', { untrained: true })!
  expect(title).toBe('FCNN: structure of the first layer’s weights, untrained')
  expect(formula).toBe('Mean over the layer’s units of Moran’s I of their 28 × 28 weights')
  // Of 2 × 28 × 27 pairs of neighbours, the 28 at the middle differ in sign: 1 − 2 × 28 ÷ 1,512.
  expect(runs.map(({ run, text }) => [run.experiment, text])).toEqual([['fcnn', '.96']])
  expect(interval).toMatch(/^Networks of twenty other seeds, untrained: (0|−?\.00[1-9]) to (0|−?\.00[1-9])$/)
})

test('an analysed number’s note has its interval over test images and its run', () => {
  const data = siteOfRuns({ corrected: { cnn: [{}, {}] } })
  const run = data.allRuns[1]!
  run.files.weights = 'a'.repeat(64)
  const shifts = [0, 1, 2, 3, 4].map((distance) => ({
    distance,
    accuracy: 0.9,
    standardError: 0.003,
    change: -0.0125 * distance ** 2,
    changeError: 0.005 * distance,
    macroF1: 0.9,
  }))
  writeAnalysis(shiftsKind, analysisPath(data.resultsDir, shiftsKind, runSuffix(run)), ofWeights(run)!, shifts)
  // Two pixels cost 5 points, ± 1.96 × 1 point.
  expect(analysedNote(data, 'shiftCost2', 'cnn')).toEqual({
    title: 'CNN: accuracy lost when the test characters are shifted by two pixels, in points',
    formula: undefined,
    interval: '95\u00a0% interval 3.0 to 7.0 over test images',
    runs: [{ run }],
  })
  expect(analysedNote(data, 'zeroActivations', 'cnn')).toBeNull()
})

test('a number of the data set’s analysis says so, and names no run', () => {
  expect(analysedNote(madeUpSite({ experiments: ['fcnn'] }), 'centroidTest', 'cnn')).toEqual({
    title: 'Data set: nearest mean image of a class, test accuracy',
    formula: 'From the stored analysis of the data set (content/results/analyses/data-set.json)',
    interval: undefined,
    runs: [],
  })
})

test('a published number leads to the work it is quoted from', () => {
  const data = madeUpSite()
  expect(publishedNote(data, 'macroF1', 'cnn').source!.href).toMatch(/references\/#semcovici2024$/)
  expect(publishedNote(data, 'benchmarkAccuracy', 'cnn').source!.href).toMatch(/references\/#clanuwat2019$/)
  expect(rangeNote(data, 'plain', true).source!.href).toMatch(/references\/#semcovici2024$/)
})

test('while nothing was run there is nothing to note', () => {
  const data = madeUpSite()
  const notes = [
    measureNote(data, 'accuracy', 'cnn'),
    compareNote(data, 'cnn', 'fcnn'),
    mistakeNote(data, 'cnn'),
    hardestClassNote(data, 'cnn'),
    structureNote(data, 'cnn', 'first', { untrained: false }),
    analysedNote(data, 'shiftCost2', 'cnn'),
    analysedNote(data, 'centroidTest', 'cnn'),
  ]
  expect(notes).toEqual([null, null, null, null, null, null, null])
})
