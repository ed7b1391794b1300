import { describe, expect, test } from 'vitest'
import { experiments } from '../experiments/catalogue.ts'
import { initialWeights } from '../experiments/models/initial-weights.ts'
import { createRandom, shuffle } from '../experiments/random.ts'
import { digest, reference } from './engine/reference.ts'

describe('random numbers', () => {
  test.each(reference.random)("are TensorFlow's words for seed $seed, stream $stream, indices $a and $b", (expected) => {
    const random = createRandom(expected.seed, expected.stream, expected.a, expected.b)
    expect(expected.words.map(() => random.uint32())).toEqual(expected.words)
  })

  test('are the words divided by 2³² where a share is asked for', () => {
    const { seed, stream, a, b, words } = reference.random[0]!
    const random = createRandom(seed, stream, a, b)
    expect(words.map(() => random.uniform())).toEqual(words.map((word) => word / 2 ** 32))
  })

  test.each([-1, 0.5, 2 ** 32, Number.NaN])('refuse the seed %d, saying what a seed is', (seed) => {
    expect(() => createRandom(seed, 'order')).toThrow('a seed is a whole number from 0 to 4294967295')
  })

  test.each(Object.entries(reference.models))(
    "give the %s the initial weights that Keras was given by TensorFlow's words",
    (name, { initial }) => {
      const { layers } = experiments.find((e) => e.name === name)!
      initialWeights(layers, reference.seed).forEach((weights, i) => {
        const { sum, norm, samples } = digest(weights)
        expect(sum).toBeCloseTo(initial[i]!.sum, 5)
        expect(norm).toBeCloseTo(initial[i]!.norm, 5)
        samples.forEach((sample, k) => expect(sample).toBeCloseTo(initial[i]!.samples[k]!, 8))
      })
    },
  )
})

describe('shuffling', () => {
  test('keeps every item once, in an order fixed by the seed', () => {
    const order = (seed: number) => [
      ...shuffle(
        Uint16Array.from({ length: 500 }, (_, i) => i),
        createRandom(seed, 'order'),
      ),
    ]
    expect(order(1).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i))
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })

  test('puts each of three items in each place equally often', () => {
    const counts = Array.from({ length: 9 }, () => 0)
    for (let seed = 0; seed < 3000; seed++)
      shuffle([0, 1, 2], createRandom(seed, 'order')).forEach((item, place) => counts[item * 3 + place]!++)
    // 1000 expected, standard deviation 26.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * 26)
  })
})
