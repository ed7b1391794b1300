import { describe, expect, it } from 'vitest'
import { isDefect } from '../../experiments/is-defect.ts'
import { selectImages, stratifiedSplit, takePerClass } from '../../experiments/dataset/split.ts'

/** Class k has 20 + k images, all classes mixed. */
const labels = Uint8Array.from({ length: 29 * 10 }, (_, i) => i % 10).filter((label, i) => i < 200 || i < 200 + 10 * label)

const countsOf = (indices: Uint32Array) => {
  const counts = new Array<number>(10).fill(0)
  for (const i of indices) counts[labels[i]!]!++
  return counts
}
const isAscending = (indices: Uint32Array) => indices.every((value, i) => i === 0 || value > indices[i - 1]!)

describe('stratifiedSplit', () => {
  it('sets the same number of each class aside and leaves every other image for training', () => {
    const { training, validation } = stratifiedSplit(labels, 5, 1)
    expect(countsOf(validation)).toEqual(new Array(10).fill(5))
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...labels.keys()])
    expect(isAscending(training) && isAscending(validation)).toBe(true)
  })

  it('draws the same images for the same seed and others for another', () => {
    expect(stratifiedSplit(labels, 5, 1)).toEqual(stratifiedSplit(labels, 5, 1))
    expect(stratifiedSplit(labels, 5, 2).validation).not.toEqual(stratifiedSplit(labels, 5, 1).validation)
  })

  it('draws every image of a class about equally often', () => {
    const drawn = new Map<number, number>()
    for (let seed = 0; seed < 2000; seed++)
      for (const i of stratifiedSplit(labels, 5, seed).validation) if (labels[i] === 0) drawn.set(i, (drawn.get(i) ?? 0) + 1)
    // Class 0 has 20 images, each drawn with probability 1/4: 500 times, standard deviation 19.4.
    expect(drawn.size).toBe(20)
    for (const times of drawn.values()) expect(Math.abs(times - 500)).toBeLessThan(4 * 19.4)
  })

  it('refuses to leave a class without training images, by class', () => {
    expect(stratifiedSplit(labels, 19, 1).training).toHaveLength(labels.length - 190)
    expect(() => stratifiedSplit(labels, 20, 1)).toThrow(/class 0 has 20 images, .* at least 21/)
  })

  it('refuses labels that are none of the classes', () => {
    expect(() => stratifiedSplit(Uint8Array.of(0, 1, 12), 1, 1)).toThrow('expected labels from 0 to 9, found 12 at index 2')
  })
})

describe.each([
  ['stratifiedSplit', () => stratifiedSplit(labels, 20, 1)],
  ['takePerClass', () => takePerClass(labels, 21)],
])('%s', (_, split) => {
  it('blames the number per class, which is a setting, and not the code', () => {
    let thrown: unknown
    try {
      split()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(Error)
    expect(isDefect(thrown)).toBe(false)
  })
})

describe('takePerClass', () => {
  it('takes the first images of each class, in ascending order', () => {
    expect([...takePerClass(Uint8Array.of(9, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 8), 1)]).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(countsOf(takePerClass(labels, 20))).toEqual(new Array(10).fill(20))
  })

  it('refuses more images than a class has, by class', () => {
    expect(() => takePerClass(labels, 21)).toThrow(/class 0 has 20 images, .* at least 21/)
  })
})

describe('selectImages', () => {
  const set = { images: Uint8Array.from({ length: 3 * 784 }, (_, i) => Math.floor(i / 784) * 50), labels: Uint8Array.of(4, 5, 6) }

  it('copies pictures and labels in the order of the indices', () => {
    const chosen = selectImages(set, Uint32Array.of(2, 0))
    expect(chosen.labels).toEqual(Uint8Array.of(6, 4))
    expect(chosen.images).toEqual(Uint8Array.from({ length: 2 * 784 }, (_, i) => (i < 784 ? 100 : 0)))
    chosen.images.fill(1)
    expect(set.images[0]).toBe(0)
  })

  it('refuses an index beyond the set', () => {
    expect(() => selectImages(set, Uint32Array.of(3))).toThrow("below the set's 3 images, found 3")
  })
})
