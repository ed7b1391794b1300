import { expect, it } from 'vitest'
import { classMeans } from '../../experiments/dataset/class-means.ts'
import { pixels } from '../../experiments/dataset/dataset.ts'

it('averages the images of each class, pixel by pixel', () => {
  const images = new Uint8Array(3 * pixels)
  images.set([10, 200], 0)
  images.set([21, 100], pixels)
  images.set([255, 7], 2 * pixels)
  const means = classMeans({ images, labels: Uint8Array.of(4, 4, 9) })
  expect(means).toHaveLength(10)
  expect([...means[4]!.slice(0, 3)]).toEqual([15.5, 150, 0])
  expect([...means[9]!.slice(0, 3)]).toEqual([255, 7, 0])
  expect(means[0]!.every(Number.isNaN)).toBe(true)
})
