import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { listSplits, ofSplits, splitsKind, wrongChecksums, type Splits } from '../../experiments/analyses/splits.ts'
import { protocols } from '../../experiments/catalogue.ts'
import { selectImages } from '../../experiments/dataset/split.ts'
import { runData } from '../../experiments/runs/run-data.ts'
import { expectPinned } from './pinned.ts'
import { madeUpPictures } from './made-up-pictures.ts'

const corrected = protocols.find(({ name }) => name === 'corrected')!

test('each seed’s indices are those of the images that a run of it validates on', () => {
  const train = madeUpPictures(0, 200)
  const protocol = { ...corrected, validation: { from: 'training', perClass: 3 } } as const
  const splits = listSplits(train.labels, { perClass: 3, seeds: [1, 2] })
  expect(splits.map(({ seed }) => seed)).toEqual([1, 2])
  for (const { seed, validation, sha256 } of splits) {
    expect(selectImages(train, Uint32Array.from(validation))).toEqual(runData({ train, test: train }, protocol, seed).validation)
    const bytes = Buffer.alloc(validation.length * 4)
    validation.forEach((index, i) => bytes.writeUInt32LE(index, i * 4))
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
  expect(splits[0]!.validation).not.toEqual(splits[1]!.validation)
  expect(wrongChecksums(splits)).toEqual([])
  const [{ validation: first, ...rest }, second] = splits as [Splits[number], Splits[number]]
  expect(wrongChecksums([{ ...rest, validation: first.slice(1) }, second])).toEqual([
    'the validation images of seed 1 are not those of their SHA-256',
  ])
  expectPinned(splitsKind, splits, { 1: 'a3e0ee6b3b29' })
})

test('are of the seeds that the protocol’s runs are planned with, and only where there are validation images', () => {
  expect(ofSplits(corrected).seeds).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(() => ofSplits(protocols.find(({ name }) => name === 'published')!)).toThrow('takes no validation images')
})
