import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { readPublished } from '../../src/data/reproduction/published.ts'
import { publishedNumber } from '../../src/data/reproduction/published-measures.ts'
import { temporaryFolder } from './made-up-site.ts'

const file = 'content/published.json'

test('holds every experiment, macro F1s being the means of the class F1s', () => {
  const published = readPublished(file)
  for (const { name } of experiments) {
    const { classF1, macroF1, curve, lastEpoch, last } = published.experiments[name]!
    expect(Math.abs(classF1.reduce((a, b) => a + b, 0) / 10 - macroF1)).toBeLessThan(0.00006)
    expect(curve.at(-1)![0]).toBe(lastEpoch)
    expect(curve.at(-1)![4]).toBeCloseTo(last.valAccuracy, 3)
  }
})

test('names file, place and value of what the schema refuses', () => {
  const broken = join(temporaryFolder(), 'published.json')
  writeFileSync(broken, readFileSync(file, 'utf8').replace('"macroF1": 0.8874', '"macroF1": 88.74'))
  expect(() => readPublished(broken)).toThrow(/published\.json: at experiments\.cnn\.macroF1: .*found 88\.74/)
})

test('counts ten times the updates an epoch for augmented runs', () => {
  const published = readPublished(file)
  expect(publishedNumber(published, 'updates', 'cnn').value).toBe(596 * 469)
  expect(publishedNumber(published, 'updates', 'cnn-augmented').value).toBe(334 * 4688)
  expect(() => publishedNumber(published, 'macroF1', 'resnet')).toThrow('no experiment "resnet"')
})

test('gives the sampling interval of an accuracy on the test images, and none of what the original does not say enough about', () => {
  const published = readPublished(file)
  // Wilson's interval of 8,872 of 10,000, from SciPy: binomtest(8872, 10000).proportion_ci(method='wilson').
  const { interval } = publishedNumber(published, 'validationAccuracy', 'cnn')
  expect(interval!.low).toBeCloseTo(0.88085, 5)
  expect(interval!.high).toBeCloseTo(0.89325, 5)
  expect(publishedNumber(published, 'macroF1', 'cnn').interval).toBeNull()
})
