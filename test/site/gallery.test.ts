import { csvParse } from 'd3-dsv'
import { expect, test } from 'vitest'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'
import { csvOf } from '../../src/tables/data-sheet.ts'
import { cellsOf, galleryOf } from '../../src/data/gallery.ts'
import { galleryData, gallerySheet, inSheetOrder, sheetColumns } from '../../src/data/gallery-files.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { madeUpSite } from './made-up-site.ts'

/** Made-up records whose true classes are known: image i is of class i mod 10 (make-results.ts). */
function labelledSite(): SiteData {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  const { dataset, id } = drawnKana(1, 1, 1)
  const images = 10_000
  const test = { images: new Uint8Array(images * 784), labels: Uint8Array.from({ length: images }, (_, i) => i % 10) }
  const [run] = data.experiments.flatMap(({ runs }) => runs)
  return { ...data, dataset: { dataset: { ...dataset, test }, id: { ...id, testLabels: run!.dataset.testLabels } } }
}

test('holds every mistake of the run, as its confusion matrix counts them', () => {
  const data = labelledSite()
  const { run, images } = galleryOf(data, 'cnn')!
  const cells = cellsOf(images!).flat()
  const { confusion } = run.evaluation.test
  for (const { truth, predicted, images: held } of cells) expect(held).toHaveLength(confusion[truth]![predicted]!)
  expect(images).toHaveLength(confusion.flat().reduce((a, b) => a + b, 0) - confusion.reduce((sum, row, i) => sum + row[i]!, 0))
})

test('gives each image the probability of the class read, the surest first, and what the others said of it', () => {
  const data = labelledSite()
  const { run, others, images } = galleryOf(data, 'cnn')!
  expect(others.map((one) => [one.run.experiment, one.run.seed])).toEqual([['fcnn', 1]])
  const [first] = images!
  const logits = [...data.logits(run)!.subarray(first!.image * 10, first!.image * 10 + 10)]
  const powers = logits.map(Math.exp)
  expect(first!.confidence).toBeCloseTo(Math.max(...powers) / powers.reduce((a, b) => a + b, 0), 12)
  expect(images!.every((one, i) => i === 0 || one.confidence <= images![i - 1]!.confidence)).toBe(true)
  expect(first!.others).toEqual([data.predictions(others[0]!.run)![first!.image]])
})

test('lays the characters of a class out in the order of the page', () => {
  const data = labelledSite()
  const gallery = galleryOf(data, 'cnn')!
  const shown = inSheetOrder(gallery.images!, 2)
  expect(shown).toEqual(cellsOf(gallery.images!)[2]!.flatMap((cell) => cell.images))
  const sheet = gallerySheet(data, gallery, 2)!
  expect([sheet.width, sheet.height]).toEqual([28 * sheetColumns, 28 * Math.ceil(shown.length / sheetColumns)])
})

test('its CSV has a row a mistake', () => {
  const gallery = galleryOf(labelledSite(), 'fcnn')!
  const rows = csvParse(csvOf(galleryData(gallery)))
  expect(rows).toHaveLength(gallery.images!.length)
  expect(Number(rows[0]!['confidence'])).toBe(gallery.images![0]!.confidence)
  expect(rows[0]!['true class']).not.toBe(rows[0]!['predicted class'])
})

test('without the data set there are no true classes to show, and without runs no gallery', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  expect(galleryOf(data, 'cnn')!.images).toBeNull()
  expect(gallerySheet(data, galleryOf(data, 'cnn')!, 2)).toBeNull()
  expect(galleryOf(data, 'fcnn')).toBeNull()
})
