import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { channelPictures, convolveRelu, maxPool, type Activations } from '../../src/data/activations.ts'

interface Plain extends Omit<Activations, 'values'> {
  values: number[]
}
const reference = JSON.parse(readFileSync('test/reference/activations.json', 'utf8')) as {
  input: Plain
  kernel: number[]
  bias: number[]
  convolved: Plain
  pooled: Plain
}
const typed = (plain: Plain): Activations => ({ ...plain, values: Float32Array.from(plain.values) })

const expectAlike = (found: Activations, wanted: Plain) => {
  expect([found.height, found.width, found.channels]).toEqual([wanted.height, wanted.width, wanted.channels])
  found.values.forEach((value, i) => expect(value).toBeCloseTo(wanted.values[i]!, 4))
}

test('convolves with bias and ReLU as Keras does', () => {
  const found = convolveRelu(typed(reference.input), Float32Array.from(reference.kernel), Float32Array.from(reference.bias), 3)
  expectAlike(found, reference.convolved)
})

test('pools as Keras does, leaving out an odd row', () => expectAlike(maxPool(typed(reference.convolved), 2), reference.pooled))

test('draws every channel on one scale from zero to the largest activation', () => {
  const pictures = channelPictures({ height: 1, width: 2, channels: 2, values: Float32Array.of(0, 1, 2, 4) })
  expect(pictures.map((picture) => [...picture])).toEqual([
    [0, 128],
    [64, 255],
  ])
})
