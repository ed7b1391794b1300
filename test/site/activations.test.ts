import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filterTable } from '../../src/figures/exciting.ts'
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
  expect(found.values).toHaveLength(wanted.values.length)
  found.values.forEach((value, i) => expect(value).toBeCloseTo(wanted.values[i]!, 4))
}

test('convolves with bias and ReLU as Keras does', () => {
  const found = convolveRelu(typed(reference.input), Float32Array.from(reference.kernel), Float32Array.from(reference.bias), 3)
  expectAlike(found, reference.convolved)
})

test('pools as Keras does, leaving out an odd row', () => expectAlike(maxPool(typed(reference.convolved), 2), reference.pooled))

test('draws every channel on one scale, which a few very large activations do not set', () => {
  // 200 values of channel 0 are 1, one of channel 1 is 50.
  const values = Float32Array.from({ length: 402 }, (_, i) => (i % 2 === 0 ? Number(i < 400) : i === 1 ? 50 : 0))
  const [even, odd] = channelPictures({ height: 1, width: 201, channels: 2, values })
  expect([even![0], even![200], odd![0], odd![1]]).toEqual([255, 0, 255, 0])
})

test('names no class of a filter that fewer than a hundred images excite, and puts it last', () => {
  const filter = (place: number, active: number, most: number) => ({
    filter: place,
    mean: 0.1,
    zero: 0.5,
    active,
    classes: [most, 100 - most, 0, 0, 0, 0, 0, 0, 0, 0],
    images: [],
    places: [],
  })
  const rows = filterTable([filter(0, 0, 60), filter(1, 0.009, 60), filter(2, 0.01, 55)], 10_000).rows
  expect(rows.map((row) => [row[0], row[2]])).toEqual([
    ['3', '55'],
    ['1', '–'],
    ['2', '–'],
  ])
})
