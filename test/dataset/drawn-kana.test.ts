import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawnCharacter } from '../../experiments/dataset/drawn-character.ts'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'

describe('drawnKana', () => {
  const { dataset, id } = drawnKana(4, 2, 1)

  it('has the asked number of each class in both parts', () => {
    expect([...dataset.train.labels].sort().join('')).toBe('0000111122223333444455556666777788889999')
    expect([...dataset.test.labels].sort().join('')).toBe('00112233445566778899')
    expect(dataset.train.images).toHaveLength(40 * 784)
    expect(dataset.test.images).toHaveLength(20 * 784)
  })

  it('draws every copy differently, and test copies unlike training ones', () => {
    const copies = [dataset.train.images, dataset.test.images].flatMap((images) =>
      Array.from({ length: images.length / 784 }, (_, i) => images.subarray(i * 784, (i + 1) * 784).join()),
    )
    expect(new Set(copies).size).toBe(60)
  })

  it('draws the same for the same seed, and keeps the first copies where more are asked', () => {
    expect(drawnKana(4, 2, 1)).toEqual({ dataset, id })
    expect(drawnKana(6, 2, 1).dataset.train.images.subarray(0, 40 * 784)).toEqual(dataset.train.images)
    expect(drawnKana(4, 2, 2).dataset.train.images).not.toEqual(dataset.train.images)
  })

  it('is named by the SHA-256 of its four arrays', () => {
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(id).toEqual({
      source: 'drawn-kana',
      trainImages: sha256(dataset.train.images),
      trainLabels: sha256(dataset.train.labels),
      testImages: sha256(dataset.test.images),
      testLabels: sha256(dataset.test.labels),
    })
  })

  it('stays recognisable: the nearest clean drawing is mostly that of its class', () => {
    const clean = Array.from({ length: 10 }, (_, label) => drawnCharacter(label))
    const { images, labels } = drawnKana(20, 1, 1).dataset.train
    let right = 0
    for (const [i, label] of labels.entries()) {
      const distances = clean.map((drawing) => drawing.reduce((sum, grey, k) => sum + (grey - images[i * 784 + k]!) ** 2, 0))
      if (distances.indexOf(Math.min(...distances)) === label) right++
    }
    expect(right / labels.length).toBeGreaterThan(0.5)
  })
})
