import { expect, test } from 'vitest'
import {
  compareNote,
  hardestClassNote,
  measureNote,
  mistakeNote,
  publishedNote,
  rangeNote,
  structureNote,
} from '../../src/data/number-notes.ts'
import { measured } from '../../src/data/measured.ts'
import { writeInterval } from '../../src/data/write-number.ts'
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

test('the commonest mistake’s note counts its images in each run', () => {
  const data = madeUpSite({ experiments: ['cnn'], seeds, weights: false })
  const note = mistakeNote(data, 'cnn')!
  expect(note.runs).toHaveLength(3)
  for (const { text } of note.runs) expect(text).toMatch(/^\d+$/)
  expect(hardestClassNote(data, 'cnn')!.runs.map(({ text }) => text)).toHaveLength(3)
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
  ]
  expect(notes).toEqual([null, null, null, null, null])
})
