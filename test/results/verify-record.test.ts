import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  contentDifferences,
  copiedRuns,
  epochDifferences,
  historyDifferences,
  predictionDifferences,
  scoredEpochDifferences,
  scoreDifferences,
} from '../../experiments/results/verify-record.ts'
import type { RunRecord, Score } from '../../experiments/results/schema.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'
import { makeRecord, testLabels, testPredictions } from '../helpers/make-record.ts'

const record = makeRecord()
const withRow = (i: number, change: object, changes: Partial<RunRecord> = {}) =>
  makeRecord({ ...changes, history: record.history.map((row, j) => (i === j ? { ...row, ...change } : row)) })
const withProtocol = (protocol: Partial<Protocol>) => ({
  settings: { ...record.settings, protocol: { ...record.settings.protocol, ...protocol } },
})
/** Of a run whose validation data are the test set: it has no scores of them apart. */
const onTestSet: Partial<RunRecord> = {
  ...withProtocol({ validation: { from: 'test' } }),
  evaluation: { train: record.evaluation.train, test: record.evaluation.test },
}

describe('epochDifferences', () => {
  const { provenance, timings } = record
  const sittings = (...ends: [first: number, last: number][]) => ({
    provenance: {
      ...provenance,
      segments: ends.map(([firstEpoch, lastEpoch]) => ({ ...provenance.segments[0]!, firstEpoch, lastEpoch })),
    },
  })
  it('finds nothing in a record whose times and sittings cover its epochs', () => {
    expect(epochDifferences(record)).toEqual([])
    expect(epochDifferences(makeRecord(sittings([1, 5], [6, 12])))).toEqual([])
  })

  it.each([
    ['a time that is gone', { timings: { ...timings, secondsPerEpoch: [1, 1] } }, 'has 2 values for 12 epochs'],
    ['a gap between sittings', sittings([1, 5], [7, 12]), 'do not lead from epoch 1 to 12'],
    ['sittings that end before', sittings([1, 5]), 'do not lead from epoch 1 to 12'],
    [
      'more epochs than the protocol has',
      withProtocol({ maxEpochs: 11 }),
      'epochs is 12, the protocol’s most 11'.replace('’', "'"),
    ],
    ['test scores that are gone', withProtocol({ testEachEpoch: true }), '0 rows of the history have test scores'],
  ])('finds %s', (_, changes, message) => {
    expect(epochDifferences(makeRecord(changes))).toEqual([expect.stringContaining(message)])
  })

  it('finds test scores that the protocol does not give', () => {
    expect(epochDifferences(withRow(3, { testLoss: 1, testAccuracy: 0.5 }))).toEqual([
      '1 rows of the history have test scores, the protocol gives them to 0',
    ])
  })
})

describe('copiedRuns', () => {
  const other = makeRecord({ seed: 4, history: withRow(0, { loss: 0.6 }).history, files: { predictions: null, weights: null } })
  it('finds none among runs of their own', () => {
    expect([...copiedRuns([record, other])]).toEqual([])
  })

  it('finds none in one training under two protocols that differ in what is kept of it', () => {
    const kept = makeRecord({ ...withProtocol({ name: 'kept', keepPredictions: false }) })
    expect([...copiedRuns([record, kept])]).toEqual([])
  })

  it.each<[string, Partial<Protocol>]>([
    ['transforms that neither makes', { augmentation: { ...record.settings.protocol.augmentation, rotation: 20 } }],
    [
      'rules that its rates and its end obey alike',
      { maxEpochs: 200, plateau: { ...record.settings.protocol.plateau!, minDelta: 0.01 } },
    ],
  ])('finds none in one training under two protocols that differ in %s', (_, changes) => {
    const under = makeRecord(withProtocol({ name: 'other', ...changes }))
    expect(historyDifferences(under)).toEqual([])
    expect([...copiedRuns([record, under])]).toEqual([])
  })

  it('finds the history of a run under a protocol of other transforms, where images are transformed', () => {
    const augmented = (protocol: Protocol) =>
      makeRecord({ settings: { experiment: { ...record.settings.experiment, augmented: true }, protocol } })
    const { protocol } = record.settings
    const other = { ...protocol, augmentation: { ...protocol.augmentation, rotation: 20 } }
    expect(copiedRuns([augmented(protocol), augmented(other)]).size).toBe(1)
  })

  it('finds the history and the predictions of one run under the name of another', () => {
    const named = { ...record, seed: 5, files: { predictions: null, weights: null } }
    expect([...copiedRuns([record, other, named]).values()]).toEqual(['its history is that of corrected/fcnn/seed-3'])
    const predicted = { ...other, history: withRow(0, { loss: 0.7 }).history, files: record.files }
    expect([...copiedRuns([record, predicted]).values()]).toEqual(['its predictions are those of corrected/fcnn/seed-3'])
  })
})

describe('historyDifferences', () => {
  it('finds nothing in a record that obeys its rules', () => {
    expect(historyDifferences(record)).toEqual([])
  })

  it('finds a rate that the plateau rule would not have given', () => {
    expect(historyDifferences(withRow(9, { learningRate: 1 }))).toEqual(['epoch 10 has rate 1, the rule gives 0.1'])
  })

  it('finds an epoch after the stopping rule fired', () => {
    const history = [...record.history, { ...record.history[0]!, epoch: 13, learningRate: 0.01 }]
    expect(historyDifferences(makeRecord({ history, epochs: 13 }))[0]).toBe('epoch 13 was trained after the stopping rule fired')
  })

  it('finds a claim to have converged that the history does not bear out', () => {
    const short = makeRecord({ history: record.history.slice(0, 8), epochs: 8 })
    expect(historyDifferences(short)).toEqual(['status is converged, but the stopping rule did not fire'])
  })

  it("finds weights chosen by another rule than the protocol's", () => {
    expect(historyDifferences(makeRecord({ scoredEpoch: 12 }))).toEqual(["scoredEpoch is 12, the protocol's rule gives 2"])
    const last = withProtocol({ score: 'last' })
    expect(historyDifferences(makeRecord({ ...last, scoredEpoch: 12 }))).toEqual([])
    expect(historyDifferences(makeRecord(last))).toEqual(["scoredEpoch is 2, the protocol's rule gives 12"])
  })

  // The best epoch so far is the second, with a loss of 0.25.
  it.each([
    ['lower', 0.2, 4],
    ['higher', 0.3, 2],
    ['equal', 0.25, 2],
    ['infinite', null, 2],
  ])('takes a fourth epoch of the same accuracy and a loss that is %s (%j) for what it is', (_, valLoss, best) => {
    const tie = { valAccuracy: 0.95, valLoss }
    expect(historyDifferences(withRow(3, tie, { scoredEpoch: best }))).toEqual([])
    expect(historyDifferences(withRow(3, tie, { scoredEpoch: 3 }))).toEqual([
      `scoredEpoch is 3, the protocol's rule gives ${best}`,
    ])
  })

  it('finds another number of epochs than the history has rows', () => {
    expect(historyDifferences(makeRecord({ epochs: 11 }))).toEqual(['epochs is 11, but the history has 12 rows'])
  })

  it('finds a row in the place of another epoch', () => {
    expect(historyDifferences(withRow(4, { epoch: 6 }))).toEqual(['row 5 of the history has epoch 6'])
  })
})

describe('contentDifferences', () => {
  const { settings, dataset, evaluation, files } = record
  /** A record of as many images as the made-up one has. */
  const small = (changes: Partial<RunRecord> = {}, protocol: Partial<Protocol> = {}) => {
    const sizes: Partial<Protocol> = { imagesPerClass: { training: 4, test: 4 }, validation: { from: 'training', perClass: 4 } }
    return contentDifferences(
      makeRecord({ settings: { ...settings, protocol: { ...settings.protocol, ...sizes, ...protocol } }, ...changes }),
    )
  }

  it('finds nothing where all is there that the protocol keeps', () => {
    expect(small()).toEqual([])
    expect(small({ files: { predictions: null, weights: null } }, { keepPredictions: false })).toEqual([])
    expect(small({ evaluation: { train: evaluation.train, test: evaluation.test } }, { validation: { from: 'test' } })).toEqual(
      [],
    )
  })

  it('misses predictions, and the weights of the main seed', () => {
    expect(small({ files: { predictions: null, weights: null } })).toEqual([
      'files.predictions is null, but the protocol keeps predictions of this run',
    ])
    expect(small({ seed: 1 })).toEqual(['files.weights is null, but the protocol keeps weights of this run'])
    expect(small({ seed: 1, files: { ...files, weights: 'a'.repeat(64) } })).toEqual([])
  })

  it('wants all three choices of an audit, and none elsewhere', () => {
    const alsoScored = (['last', 'validation', 'test'] as const).map((chosenBy) => ({
      chosenBy,
      epoch: 2,
      test: evaluation.test,
    }))
    const audit = { testEachEpoch: true }
    expect(small({ evaluation: { ...evaluation, alsoScored } }, audit)).toEqual([])
    expect(small({}, audit)[0]).toContain('evaluation.alsoScored has "", the protocol scores "last, validation, test"')
    expect(small({ evaluation: { ...evaluation, alsoScored: alsoScored.slice(1) } }, audit)).toHaveLength(1)
    expect(small({ evaluation: { ...evaluation, alsoScored } })).toHaveLength(1)
  })

  it('finds another data set, but for drawn characters where some images do', () => {
    const other = { ...dataset, testImages: 'a'.repeat(64) }
    expect(small({ dataset: other })).toEqual([])
    expect(contentDifferences(makeRecord({ dataset: other }))[0]).toBe(
      `dataset.testImages is ${other.testImages}, Kuzushiji-MNIST's is ${dataset.testImages}`,
    )
  })

  it('finds a confusion matrix with other images of a class than the set has', () => {
    const confusion = evaluation.test.confusion.map((row) => [...row])
    const from = confusion[2]!.findIndex((count) => count > 0)
    confusion[2]![from]!--
    confusion[3]![from]!++
    expect(small({ evaluation: { ...evaluation, test: { ...evaluation.test, confusion } } })).toEqual([
      'evaluation.test: the confusion matrix has 3 images of class 2, the protocol 4',
      'evaluation.test: the confusion matrix has 5 images of class 3, the protocol 4',
    ])
    expect(contentDifferences(record)[0]).toContain(
      'evaluation.train: the confusion matrix has 4 images of class 0, the protocol 5500',
    )
    expect(contentDifferences(makeRecord(onTestSet))[0]).toContain(
      'evaluation.train: the confusion matrix has 4 images of class 0, the protocol 6000',
    )
  })
})

describe('scoredEpochDifferences', () => {
  const { test, validation } = record.evaluation
  const { accuracy, loss } = validation!

  it('finds nothing where the history has what was scored, but for what rounding moves', () => {
    expect(scoredEpochDifferences(record)).toEqual([])
    expect(scoredEpochDifferences(withRow(1, { valAccuracy: accuracy + 1 / 40, valLoss: loss! + 0.0009 }))).toEqual([])
  })

  it('finds an accuracy or a loss that was changed on either side, by name and value', () => {
    expect(scoredEpochDifferences(withRow(1, { valAccuracy: accuracy - 2 / 40 }))).toEqual([
      `evaluation.validation: accuracy ${accuracy}, loss ${loss}; the history has ${accuracy - 2 / 40} and ${loss} after epoch 2`,
    ])
    expect(scoredEpochDifferences(withRow(1, { valLoss: loss! + 0.01 }))).toHaveLength(1)
  })

  it('holds the test scores to the history where the validation data are the test set', () => {
    const seen = { valAccuracy: test.accuracy, valLoss: test.loss }
    expect(scoredEpochDifferences(withRow(1, seen, onTestSet))).toEqual([])
    expect(scoredEpochDifferences(withRow(1, { ...seen, valAccuracy: 0.5 }, onTestSet))).toEqual([
      `evaluation.test: accuracy ${test.accuracy}, loss ${test.loss}; the history has 0.5 and ${test.loss} after epoch 2`,
    ])
  })

  it('finds a loss on one side that was not finite on the other', () => {
    const infinite = { ...record.evaluation, validation: { ...validation!, loss: null } }
    expect(scoredEpochDifferences(withRow(1, { valLoss: null }))[0]).toContain(
      `loss ${loss}; the history has ${accuracy} and null`,
    )
    expect(scoredEpochDifferences(makeRecord({ evaluation: infinite }))[0]).toContain(
      `loss null; the history has ${accuracy} and`,
    )
    expect(scoredEpochDifferences(withRow(1, { valLoss: null }, { evaluation: infinite }))).toEqual([])
    const tiny = { ...record.evaluation, validation: { ...validation!, loss: 0.0005 } }
    expect(scoredEpochDifferences(withRow(1, { valLoss: null }, { evaluation: tiny }))).toHaveLength(1)
  })

  it('misses validation scores where there are validation images, and the row of the epoch scored', () => {
    expect(scoredEpochDifferences(makeRecord({ evaluation: onTestSet.evaluation! }))).toEqual([
      'evaluation.validation is missing',
    ])
    expect(scoredEpochDifferences(makeRecord({ scoredEpoch: 13 }))).toEqual([
      'evaluation.validation is of epoch 13, but the history has 12 rows',
    ])
  })

  it('holds the epochs and scores of an audit to what the history has of the test set', () => {
    const history = record.history.map((one) => ({
      ...one,
      testAccuracy: one.epoch === 5 ? test.accuracy : 0.5,
      testLoss: test.loss,
    }))
    const also = (chosenBy: 'last' | 'validation' | 'test', epoch: number) => ({ chosenBy, epoch, test })
    const audited = (...alsoScored: ReturnType<typeof also>[]) =>
      scoredEpochDifferences(makeRecord({ history, evaluation: { ...record.evaluation, alsoScored } }))
    expect(audited(also('test', 5))).toEqual([])
    expect(audited(also('test', 6))).toEqual(['evaluation.alsoScored, chosen by test: epoch is 6, the history gives 5'])
    expect(audited(also('last', 12))[0]).toContain('evaluation.alsoScored, chosen by last: accuracy')
  })
})

describe('predictionDifferences', () => {
  const dir = mkdtempSync(join(tmpdir(), 'verify-'))
  writeRun(dir, record, { predictions: testPredictions, weights: null })

  it('finds nothing where the metrics are those of the predictions', () => {
    expect(predictionDifferences(dir, record, { images: new Uint8Array(), labels: testLabels })).toEqual([])
  })

  it('finds labels or metrics that do not belong to the predictions', () => {
    const differences = predictionDifferences(dir, record, { images: new Uint8Array(), labels: testLabels.with(5, 6) })
    expect(differences[0]).toMatch(/^the stored predictions: the confusion matrix differs in 1 images/)
  })
})

describe('scoreDifferences', () => {
  it('lets as many images move as allowed, and no more', () => {
    const { test } = record.evaluation
    const confusion = test.confusion.map((row) => [...row])
    confusion[1]![1]!--
    confusion[1]![2]!++
    const moved = { ...test, confusion }
    expect(scoreDifferences(test, moved, 'x', 1, 1e-3)).toEqual([])
    expect(scoreDifferences(test, moved, 'x', 0)).toEqual(['x: the confusion matrix differs in 1 images (at most 0 allowed)'])
    expect(scoreDifferences(test, { ...test, loss: test.loss! + 0.002 }, 'x', 1, 1e-3)).toHaveLength(1)
  })

  const { test } = record.evaluation
  it.each<[string, Partial<Score>, Partial<Score>, string]>([
    ['another number of images', {}, { images: 39 }, 'x were 40 images, are 39'],
    ['another accuracy', { accuracy: 0.5 }, { accuracy: 0.75 }, 'x: accuracy recorded 0.5, found 0.75'],
    ['a loss that was finite', { loss: 0 }, { loss: null }, 'x: loss recorded 0, found null'],
    ['a loss that was not finite', { loss: null }, { loss: 0 }, 'x: loss recorded null, found 0'],
  ])('finds %s', (_, recorded, found, difference) => {
    expect(scoreDifferences({ ...test, ...recorded }, { ...test, ...found }, 'x')).toEqual([difference])
  })
})
