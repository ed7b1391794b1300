import { csvParse } from 'd3-dsv'
import { convertIndexedToRgb, decode } from 'fast-png'
import { expect, test } from 'vitest'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import type { Raster } from '../../src/charts/raster.ts'
import { csvOf } from '../../src/tables/data-sheet.ts'
import { cellsOf, galleryOf } from '../../src/data/gallery.ts'
import { galleryData, gallerySheet, inSheetOrder, sheetColumns } from '../../src/data/gallery-files.ts'
import type { SiteData } from '../../src/data/site-data.ts'
import { madeUpSite } from './made-up-site.ts'

const images = 10_000
const bits = Array.from({ length: 14 }, (_, bit) => bit)

/** Pictures that tell their place in the test set: its bits in ink, from the lowest, are the first pixels of the second row. */
function numberedPictures(): Uint8Array {
  const pictures = new Uint8Array(images * 784)
  for (let i = 0; i < images; i++) for (const bit of bits) pictures[i * 784 + 28 + bit] = (i >> bit) & 1 ? 255 : 0
  return pictures
}

/** The number that the picture at a place of a sheet tells. */
function numberAt({ png, width, height, at }: Raster, place: number): number {
  const { x, y } = at(place)
  const colours = convertIndexedToRgb(decode(png))
  const red = (bit: number) => colours[(((y + 1) * width + x + bit) * colours.length) / (width * height)]!
  return bits.reduce((sum, bit) => sum + (red(bit) < 128 ? 1 << bit : 0), 0)
}

/** Made-up records whose true classes are known: image i is of class i mod 10 (make-results.ts). */
function labelledSite(): SiteData {
  const data = madeUpSite({ experiments: ['cnn', 'fcnn'], seeds: [1, 2], weights: false })
  const { dataset, id } = drawnKana(1, 1, 1)
  const test = { images: numberedPictures(), labels: Uint8Array.from({ length: images }, (_, i) => i % 10) }
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

test('has the cells of a class in the order of how many images they hold', () => {
  const { run, images: misread } = galleryOf(labelledSite(), 'cnn')!
  const cells = cellsOf(misread!)
  expect(cells).toHaveLength(10)
  const counts = (truth: number) => run.evaluation.test.confusion[truth]!.filter((count, i) => i !== truth && count > 0)
  cells.forEach((ofClass, truth) => {
    const descending = counts(truth).sort((a, b) => b - a)
    expect(ofClass.map((cell) => cell.images.length)).toEqual(descending)
  })
  // Made-up runs mistake す for は most often.
  expect([cells[2]![0]!.predicted, cells[2]!.length > 2]).toEqual([5, true])
})

test('lays the characters of a class out in the order of the page', () => {
  const data = labelledSite()
  const gallery = galleryOf(data, 'cnn')!
  const shown = inSheetOrder(gallery.images!, 2)
  expect(shown).toEqual(cellsOf(gallery.images!)[2]!.flatMap((cell) => cell.images))
  const sheet = gallerySheet(data, gallery, 2)!
  expect([sheet.width, sheet.height]).toEqual([28 * sheetColumns, 28 * Math.ceil(shown.length / sheetColumns)])
  // In the first row, at the end of the second, and the last of all.
  const places = [0, 1, 2 * sheetColumns - 1, shown.length - 1]
  expect(places.map((place) => numberAt(sheet, place))).toEqual(places.map((place) => shown[place]!.image))
})

test('its CSV has a row a mistake, with the classes in words', () => {
  const data = labelledSite()
  const gallery = galleryOf(data, 'fcnn')!
  const rows = csvParse(csvOf(galleryData(gallery)))
  expect(rows).toHaveLength(gallery.images!.length)
  const romanised = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo']
  const readBy = (run: RunRecord, image: number) => romanised[data.predictions(run)![image]!]
  // The surest mistake, and one where the other network read a third class.
  const third = gallery.images!.findIndex(({ truth, predicted, others }) => others[0] !== truth && others[0] !== predicted)
  expect(third).toBeGreaterThan(0)
  for (const place of [0, third]) {
    const { image, confidence } = gallery.images![place]!
    expect(rows[place]).toEqual({
      'test image': String(image),
      'true class': romanised[image % 10],
      'predicted class': readBy(gallery.run, image),
      confidence: String(confidence),
      'CNN predicted': readBy(gallery.others[0]!.run, image),
    })
  }
  expect(rows[0]!['true class']).not.toBe(rows[0]!['predicted class'])
})

test('without the data set there are no true classes to show, and without runs no gallery', () => {
  const data = madeUpSite({ experiments: ['cnn'], weights: false })
  expect(galleryOf(data, 'cnn')!.images).toBeNull()
  expect(gallerySheet(data, galleryOf(data, 'cnn')!, 2)).toBeNull()
  expect(galleryOf(data, 'fcnn')).toBeNull()
})
