import { describe, expect, test } from 'vitest'
import { experiments, protocols } from '../../experiments/catalogue.ts'
import { behaviourFileSchema, behaviourId, compareBehaviour, modelPart, partsOf } from '../../experiments/results/behaviour.ts'

const experiment = (name: string) => experiments.find((e) => e.name === name)!
const protocol = (name: string) => protocols.find((p) => p.name === name)!

describe('the parts a run rests on', () => {
  const fcnn = 'model/flatten, dense 1024, relu, dropout 0.25, dense 512, relu, dropout 0.5, dense 10'

  test('are those of its own model, optimizer, data and rules', () => {
    expect(partsOf(experiment('fcnn'), protocol('corrected')).sort()).toEqual(
      [
        'data/files',
        'data/split',
        'order',
        'initialisation',
        'dropout',
        fcnn,
        'optimizer/adadelta',
        'loop',
        'plateau/valAccuracy',
        'stopping/valAccuracy',
        'score/best',
      ].sort(),
    )
  })

  test('include augmentation, as it is drawn, for augmented experiments only', () => {
    const of = (e: string, p: string) => partsOf(experiment(e), protocol(p)).filter((part) => part.startsWith('augmentation'))
    expect(of('cnn', 'corrected')).toEqual([])
    expect(of('cnn-augmented', 'corrected')).toEqual(['augmentation/fresh'])
    expect(of('cnn-augmented', 'published')).toEqual(['augmentation/fixed-copies'])
  })

  test('leave out the split where the test set serves as validation data', () => {
    expect(partsOf(experiment('cnn'), protocol('published'))).not.toContain('data/split')
    expect(partsOf(experiment('cnn'), protocol('published'))).toContain('data/validation-on-test')
  })

  test('leave out dropout and rules where there are none', () => {
    const bare = { ...protocol('corrected'), plateau: null, stopping: null, score: 'last' as const }
    const parts = partsOf({ ...experiment('fcnn'), layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] }, bare)
    expect(parts).toEqual([
      'data/files',
      'data/split',
      'order',
      'initialisation',
      'model/flatten, dense 10',
      'optimizer/adadelta',
      'loop',
      'score/last',
    ])
  })

  test('go by the layers and not by the name of a model', () => {
    expect(modelPart(experiment('cnn').layers)).toBe(modelPart(experiment('cnn-augmented').layers))
    expect(modelPart(experiment('cnn').layers)).not.toBe(modelPart(experiment('cnn-no-pooling').layers))
  })
})

describe('comparing behaviour', () => {
  const stored = { a: [1, 2e6, 1e-9], b: [3], c: [5] }

  test('finds none different whose numbers agree to 1e-5, of their size where that is above 1', () => {
    expect(compareBehaviour(stored, { a: [1.000009, 2_000_019, 9e-6], b: [3], c: [5] })).toEqual([])
  })

  test('names the parts that differ by more, in length, or that only one side has', () => {
    expect(compareBehaviour(stored, { a: [1.00002, 2e6, 1e-9], b: [3, 3], d: [7] })).toEqual(['a', 'b', 'c', 'd'])
    expect(compareBehaviour(stored, { ...stored, a: [1, 2_000_040, 1e-9] })).toEqual(['a'])
    expect(compareBehaviour(stored, { ...stored, b: [NaN] })).toEqual(['b'])
  })
})

test('an id is twelve hexadecimal characters that follow the numbers and their order', () => {
  expect(behaviourId([1, 2])).toMatch(/^[0-9a-f]{12}$/)
  expect(behaviourId([1, 2])).toBe(behaviourId([1 + 1e-12, 2]))
  expect(behaviourId([1, 2])).not.toBe(behaviourId([2, 1]))
  expect(behaviourId([1, 2])).not.toBe(behaviourId([12]))
})

test('a stored behaviour with an unknown key is refused', () => {
  const file = { schemaVersion: 1, parts: { order: { id: behaviourId([1]), numbers: [1] } } }
  expect(behaviourFileSchema.parse(file)).toEqual(file)
  expect(behaviourFileSchema.safeParse({ ...file, extra: 1 }).success).toBe(false)
})
