import { expect, test } from 'vitest'
import { dataSetKind, ofSplit, type DataSetFacts } from '../../experiments/analyses/data-set.ts'
import { ofSplits, splitsKind } from '../../experiments/analyses/splits.ts'
import { analysisPath, writeAnalysis } from '../../experiments/analyses/stored-analysis.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { baselinesTable } from '../../src/tables/baselines.ts'
import { classF1Table } from '../../src/tables/class-f1.ts'
import { layersTable } from '../../src/tables/layers.ts'
import { lossesTable } from '../../src/tables/losses.ts'
import { macroF1Table } from '../../src/tables/macro-f1.ts'
import { nearestImagesTable } from '../../src/tables/nearest-images.ts'
import { splitsTable } from '../../src/tables/splits.ts'
import { siteOfRuns } from '../site/made-up-runs.ts'
import { halfMisread, rowOf, scoreOf, texts } from './hand-made.ts'

test('losses: training, validation and test, and the gap with its interval over seeds', () => {
  const data = siteOfRuns({
    corrected: {
      cnn: [
        { trainLoss: 0.02, heldLoss: 0.2 },
        { trainLoss: 0.04, heldLoss: 0.24 },
      ],
      fcnn: { trainLoss: 0.05, heldLoss: 0.3 },
    },
  })
  ;[0.12, 0.18, 0.27].forEach((loss, i) => (data.allRuns[i]!.evaluation.validation = halfMisread(0, 1, loss)))
  const { columns, rows } = lossesTable(data, {})
  expect(columns.map(({ label }) => label).slice(1, 5)).toEqual(['Training', 'Validation', 'Test', 'Validation − training'])
  // Gaps of .10 and .14: .12 ± 12.706 × .02828 ÷ √2.
  expect(rowOf(rows, 'CNN')).toEqual(['.030', '.150', '.220', '.120', '−.134 to .374'])
  expect(rowOf(rows, 'FCNN')).toEqual(['.050', '.270', '.300', '.220', '–'])
  expect(rowOf(rows, 'CNN without pooling')).toEqual([null, null, null, null, null])
})

/** The CNN reads half of お as き, and the FCNN half of き as す: accuracies of 95 %, macro F1s of .947. */
function halfMisreading(): SiteData {
  const data = siteOfRuns({ corrected: { cnn: {}, fcnn: {} } })
  data.allRuns[0]!.evaluation.test = halfMisread(0, 1)
  data.allRuns[1]!.evaluation.test = halfMisread(1, 2)
  return data
}

test('F1 of every class: published, then ours', () => {
  const { columns, rows, summary } = classF1Table(halfMisreading(), {})
  expect(columns.slice(1, 5).map(({ group, label }) => `${group!} ${label}`)).toEqual([
    'CNN published',
    'CNN ours',
    'FCNN published',
    'FCNN ours',
  ])
  const of = (name: string) => rowOf(rows, name).slice(0, 6)
  expect(of('お o 0')).toEqual(['.911', '.667', '.913', '1.000', '.951', null])
  expect(of('き ki 1')).toEqual(['.873', '.800', '.878', '.667', '.904', null])
  expect(of('す su 2')).toEqual(['.848', '1.000', '.841', '.800', '.885', null])
  expect(of('を wo 9')).toEqual(['.900', '1.000', '.899', '1.000', '.939', null])
  expect(rowOf(summary!, 'macro F1').slice(0, 6)).toEqual(['.887', '.947', '.890', '.947', '.922', null])
})

test('macro F1: published, ours with its interval over seeds, and accuracy; the highest is marked', () => {
  const data = siteOfRuns({ corrected: { cnn: [{ test: 0.94 }, { test: 0.95 }, { test: 0.96 }], fcnn: { test: 0.92 } } })
  const fcnn = data.allRuns.at(-1)!
  fcnn.evaluation.test = halfMisread(0, 1)
  const { rows } = macroF1Table(data, {})
  // .95 ± 4.303 × .01 ÷ √3.
  expect(rowOf(rows, 'CNN')).toEqual(['.887', '.950', '.925 to .975', '95.0\u00a0%'])
  expect(rowOf(rows, 'FCNN').slice(0, 2)).toEqual(['.890', '.947'])
  expect(rows.slice(0, 2).map((row) => row[2])).toMatchObject([{ best: true }, { best: false }])
})

/** Stores made-up facts of the data set: no number twice. */
function storeFacts(data: SiteData): void {
  const nearest = { images: 5000, quantiles: [41, 52, 63, 74, 85], identical: 2, near: 3, nearOfOtherClass: 1 }
  const facts: DataSetFacts = {
    seed: 1,
    trainingImages: 55_000,
    repeated: { images: 0, ofOtherClass: 0 },
    nearest: {
      validation: nearest,
      test: { images: 10_000, quantiles: [42, 53.4, 64.6, 75, 86], identical: 5, near: 7, nearOfOtherClass: 4 },
    },
    baselines: [
      { name: 'majority', validation: 0.1, test: 0.1, testConfusion: scoreOf(10, null, []).confusion },
      {
        name: 'centroid',
        validation: 0.6,
        test: 0.5,
        // Every image of the last five classes is read as one of the first five.
        testConfusion: scoreOf(
          10,
          null,
          [5, 6, 7, 8, 9].map((c) => [c, c - 5, 10]),
        ).confusion,
      },
    ],
    neighboursOfAll: 0.92,
    componentsOfAll: 0.94,
  }
  writeAnalysis(dataSetKind, analysisPath(data.resultsDir, dataSetKind), ofSplit(data.protocol, 1), facts)
}

test('simple methods, and below them the two networks', () => {
  const data = siteOfRuns({ corrected: { cnn: { test: 0.95 } } })
  data.allRuns[0]!.evaluation.validation = { ...halfMisread(0, 1), accuracy: 0.97 }
  storeFacts(data)
  const { columns, rows, summary } = baselinesTable(data, {})
  expect(columns.map(({ label }) => label).slice(1)).toEqual([
    'Validation accuracy',
    'Test accuracy',
    '95 % interval',
    'macro F1',
  ])
  // Wilson's interval of 50 of 100; F1s of 2 × 10 ÷ (10 + 20) five times, and of 0 five times.
  expect(rowOf(rows, 'Nearest class average')).toEqual(['60.0\u00a0%', '50.0\u00a0%', '40.4 to 59.6\u00a0%', '.333'])
  // Wilson's interval of 9,500 of 10,000.
  expect(rowOf(summary!, 'CNN')).toEqual(['97.0\u00a0%', '95.0\u00a0%', '94.6 to 95.4\u00a0%', '.950'])
  expect(rowOf(summary!, 'FCNN')).toEqual([null, null, null, null])
})

test('validation images of each seed: the checksum of which', () => {
  const data = siteOfRuns({})
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
  expect(splitsTable(data, {}).rows).toEqual(seeds.map((seed) => [String(seed), null]))
  const splits = seeds.map((seed) => ({ seed, sha256: `of ${seed}`, validation: [3, 5, 8] }))
  writeAnalysis(splitsKind, analysisPath(data.resultsDir, splitsKind), ofSplits(data.protocol), splits)
  expect(splitsTable(data, {}).rows).toEqual(seeds.map((seed) => [String(seed), `of ${seed}`]))
})

test('images nearest to training images: how near, how many identical, how many near', () => {
  const data = siteOfRuns({})
  expect(nearestImagesTable(data, {}).rows.map(texts)).toEqual([
    ['Validation', null, null, null, null, null],
    ['Test', null, null, null, null, null],
  ])
  storeFacts(data)
  const { columns, rows } = nearestImagesTable(data, {})
  expect(columns.map(({ label }) => label).slice(1, 5)).toEqual(['how many', 'median', 'middle half', 'identical'])
  expect(rows.map(texts)).toEqual([
    ['Validation', '5,000', '63', '52 to 74', '2', '3'],
    ['Test', '10,000', '65', '53 to 75', '5', '7'],
  ])
})

test('the CNN layer by layer', () => {
  const { columns, rows, summary } = layersTable(siteOfRuns({}), {})
  expect([columns.map(({ label }) => label), ...rows, ...summary!]).toEqual([
    ['Layer', 'followed by', 'Output', 'Parameters', 'Multiply-adds'],
    ['Convolution 3 × 3, 32 filters', 'ReLU', '26 × 26 × 32', '320', '194,688'],
    ['Convolution 3 × 3, 64 filters', 'ReLU', '24 × 24 × 64', '18,496', '10,616,832'],
    ['Max pooling 2 × 2', 'dropout .25', '12 × 12 × 64', '0', '0'],
    ['Flatten', '–', '9,216', '0', '0'],
    ['Dense, 128 units', 'ReLU, dropout .5', '128', '1,179,776', '1,179,648'],
    ['Dense, 10 units', '–', '10', '1,290', '1,280'],
    ['all', '', '', '1,199,882', '11,992,448'],
  ])
})

test('another network’s layers where it is asked for', () => {
  const { rows } = layersTable(siteOfRuns({}), { experiment: 'fcnn' })
  expect(rowOf(rows, 'Dense, 1,024 units')).toEqual(['ReLU, dropout .25', '1,024', '803,840', '802,816'])
})
