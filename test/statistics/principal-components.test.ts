import { expect, test } from 'vitest'
import { principalComponents } from '../../experiments/statistics/principal-components.ts'
import reference from '../reference/data-set.json' with { type: 'json' }
import { noisyTest, noisyTrain } from '../analyses/noisy-pictures.ts'

test('points lie in the space of their principal components where scikit-learn’s PCA puts them, signs aside', () => {
  const kept = Uint8Array.from(
    Array.from(noisyTrain.labels.keys())
      .filter((i) => i % 3)
      .flatMap((i) => Array.from(noisyTrain.images.subarray(i * 784, (i + 1) * 784))),
  )
  const placed = principalComponents(kept, 784, 8)(noisyTest.images.subarray(0, 3 * 784))
  const wanted = reference.components.placed.flat()
  expect(placed).toHaveLength(wanted.length)
  placed.forEach((value, i) => expect(Math.abs(value)).toBeCloseTo(wanted[i]!, 6))
})
