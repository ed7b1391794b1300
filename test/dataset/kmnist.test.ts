import { describe, expect, it } from 'vitest'
import { classes, dataFiles } from '../../experiments/dataset/kmnist.ts'
import { findDataset } from '../../experiments/dataset/obtain.ts'
import { describeWithData } from '../helpers/needs.ts'

describe('classes', () => {
  it('has the ten kana in the order of their labels', () => {
    expect(classes.map(({ index, character, romanisation }) => `${index} ${character} ${romanisation}`).join(', ')).toBe(
      '0 お o, 1 き ki, 2 す su, 3 つ tsu, 4 な na, 5 は ha, 6 ま ma, 7 や ya, 8 れ re, 9 を wo',
    )
  })
})

describe('dataFiles', () => {
  it('lists sizes that fit 60,000 and 10,000 images of 28 × 28', () => {
    expect(Object.fromEntries(dataFiles.map(({ part, bytes }) => [part, bytes]))).toEqual({
      trainImages: 16 + 60_000 * 784,
      trainLabels: 8 + 60_000,
      testImages: 16 + 10_000 * 784,
      testLabels: 8 + 10_000,
    })
  })
})

describeWithData('the real data set', () => {
  it('is what the checksums say, and balanced', () => {
    const { dataset, id } = findDataset()!
    const counts = (labels: Uint8Array) => labels.reduce((sum, label) => sum.with(label, sum[label]! + 1), new Array(10).fill(0))
    expect(id.source).toBe('kmnist')
    expect(counts(dataset.train.labels)).toEqual(new Array(10).fill(6000))
    expect(counts(dataset.test.labels)).toEqual(new Array(10).fill(1000))
    expect(dataset.train.images).toHaveLength(60_000 * 784)
    expect(dataset.test.images).toHaveLength(10_000 * 784)
  })
})
