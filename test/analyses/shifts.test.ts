import { expect, test } from 'vitest'
import { scoreShifts, shiftImages, shiftsKind } from '../../experiments/analyses/shifts.ts'
import { madeUpPictures } from './made-up-pictures.ts'
import { expectPinned } from './pinned.ts'

/** A picture with one inked pixel. */
function dot(x: number, y: number): Uint8Array {
  const picture = new Uint8Array(784)
  picture[y * 28 + x] = 200
  return picture
}
const inked = (picture: Uint8Array) => [...picture.keys()].filter((i) => picture[i]).map((i) => [i % 28, Math.floor(i / 28)])

test('moves ink right and down, left and up; what leaves is lost and paper comes in', () => {
  expect(inked(shiftImages(dot(5, 9), 3, 1))).toEqual([[8, 10]])
  expect(inked(shiftImages(dot(5, 9), -3, -1))).toEqual([[2, 8]])
  expect(inked(shiftImages(dot(26, 9), 3, 0))).toEqual([])
  expect(inked(shiftImages(dot(0, 27), 0, 2))).toEqual([])
  expect(shiftImages(new Uint8Array(1568).fill(7), 2, 0).filter((v) => v === 0)).toHaveLength(2 * 28 * 2)
})

/** Reads a picture right while its ink is in the column where it was: class 0 if column 10 is inked, else 1. */
const readsColumn = (images: Uint8Array) =>
  Float32Array.from({ length: (images.length / 784) * 10 }, (_, at) => {
    const picture = images.subarray(Math.floor(at / 10) * 784, (Math.floor(at / 10) + 1) * 784)
    const inColumn = Array.from({ length: 28 }, (_row, y) => picture[y * 28 + 10]).some(Boolean)
    return at % 10 === (inColumn ? 0 : 1) ? 1 : 0
  })

test('averages over eight directions, with errors over images that keep an image’s directions together', () => {
  // Two pictures of class 0 and two of class 1, one of which is read wrongly from the start.
  const images = new Uint8Array([...dot(10, 14), ...dot(10, 14), ...dot(20, 14), ...dot(10, 14)])
  const [still, one] = scoreShifts(readsColumn, { images, labels: Uint8Array.from([0, 0, 1, 1]) })
  // Shares of right: 1, 1, 1, 0, whose mean is .75 with the standard error √(.75 · .25 / 3).
  expect(still).toMatchObject({ distance: 0, accuracy: 0.75, change: 0, changeError: 0 })
  expect(still!.standardError).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 3), 12)
  // A dot stays in its column in 2 of 8 directions: .25, .25, 1 and, read right now, .75.
  expect(one!.accuracy).toBeCloseTo((0.25 + 0.25 + 1 + 0.75) / 4, 12)
  // Changes: −.75, −.75, 0, .75.
  expect(one!.change).toBeCloseTo(-0.1875, 12)
  const variance = [-0.75, -0.75, 0, 0.75].reduce((sum, v) => sum + (v + 0.1875) ** 2, 0) / 3
  expect(one!.changeError).toBeCloseTo(Math.sqrt(variance / 4), 12)
})

test('gives, at every distance, the numbers of its version', () => {
  // The brighter a picture's column, the more it is of that column's class.
  const byColumn = (images: Uint8Array) =>
    Float32Array.from({ length: (images.length / 784) * 10 }, (_, at) => images[Math.floor(at / 10) * 784 + 392 + 2 * (at % 10)]!)
  expectPinned(shiftsKind, scoreShifts(byColumn, madeUpPictures(0, 12)), { 1: '161894678f48' })
})
