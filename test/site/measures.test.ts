import { expect, test } from 'vitest'
import type { Experiment } from '../../experiments/catalogue.ts'
import { conv2d, dense, dropout, flatten, relu } from '../../experiments/models/layers.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { measured } from '../../src/data/measured.ts'
import { modelMeasures, runMeasures } from '../../src/data/measures.ts'
import { handMadeRecord, scoreOf } from '../tables/hand-made.ts'
import { siteOfRuns } from './made-up-runs.ts'

const near = (value: number): unknown => expect.closeTo(value, 12)
const allOf = (run: RunRecord) => Object.fromEntries(Object.entries(runMeasures).map(([name, { ofRun }]) => [name, ofRun(run)]))

test('every measure of a run is what its small numbers give by hand', () => {
  expect(allOf(handMadeRecord())).toEqual({
    // F1 = 2 × right ÷ (belonging + read as it), by class.
    macroF1: near((4 / 13 + 18 / 25 + 10 / 15 + 20 / 25 + 12 / 18 + 20 / 24 + 14 / 17 + 20 / 23 + 16 / 18 + 20 / 22) / 10),
    accuracy: 0.77,
    mistakes: 23,
    validationAccuracy: 0.85,
    trainAccuracy: 0.95,
    trainMacroF1: near((30 / 45 + 60 / 75 + 8) / 10),
    testLoss: 0.5,
    trainLoss: 0.1,
    validationLoss: 0.4,
    lossGap: near(0.3),
    generalisationGap: near(0.18),
    trainingGap: near(0.1),
    validationGap: near(0.08),
    lowestClassF1: near(4 / 13),
    // Of the seven kinds 6, 5, 4, 3, 2, 2 and 1.
    fiveCommonestShare: near(20 / 23),
    epochs: 4,
    scoredEpoch: 2,
    // 300 images are two batches of 128 and one of 44.
    updates: 4 * 3,
    updatesPerEpoch: 3,
    secondsPerEpoch: 90,
    trainingMinutes: 7,
  })
})

test('ten fixed copies of each augmented image make ten times the images of an epoch', () => {
  const run = handMadeRecord()
  const { experiment, protocol } = run.settings
  const draw = { kind: 'fixed-copies', copies: 10 } as const
  const copied = { ...protocol, augmentation: { ...protocol.augmentation, draw } }
  const updates = (augmented: boolean) =>
    runMeasures.updates.ofRun({ ...run, settings: { experiment: { ...experiment, augmented }, protocol: copied } })
  // 3,000 images are 23 batches of 128 and one of 56.
  expect([updates(true), updates(false)]).toEqual([4 * 24, 4 * 3])
})

test('a measure is null where its set was not scored, its loss was not finite or no image was misread', () => {
  const { train } = handMadeRecord().evaluation
  const unscored = allOf(handMadeRecord({ evaluation: { train, test: scoreOf(10, null, []) } }))
  expect(Object.keys(unscored).filter((name) => unscored[name] === null)).toEqual([
    'validationAccuracy',
    'testLoss',
    'validationLoss',
    'lossGap',
    'trainingGap',
    'validationGap',
    'fiveCommonestShare',
  ])
  const { evaluation } = handMadeRecord()
  expect(allOf(handMadeRecord({ evaluation: { ...evaluation, train: { ...train, loss: null } } }))['lossGap']).toBeNull()
})

test('a measure that one of several runs lacks is none of the experiment', () => {
  const data = siteOfRuns({ corrected: { cnn: [{ heldLoss: 0.2 }, { heldLoss: 0.4 }] } })
  expect(measured(data, 'testLoss', 'cnn')!.value).toBeCloseTo(0.3, 12)
  data.allRuns[1]!.evaluation.test = { ...data.allRuns[1]!.evaluation.test, loss: null }
  expect(measured(data, 'testLoss', 'cnn')).toBeNull()
})

test('accuracy has Wilson’s interval', () => {
  const { low, high } = runMeasures.accuracy.interval(handMadeRecord())
  // By the formula: (.77 + z²/200 ± z √(.77 × .23 / 100 + z²/40,000)) ÷ (1 + z²/100), z = 1.96.
  expect([low, high]).toEqual([expect.closeTo(0.6785, 4), expect.closeTo(0.8416, 4)])
})

test('the interval of macro F1 is of enough resamples not to depend on the seed, and is the same for the same seed', () => {
  const [run] = siteOfRuns({ corrected: { cnn: { test: 0.9 } } }).allRuns
  const of = (seed: number) => runMeasures.macroF1.interval({ ...run!, seed })
  const each = [1, 2, 3, 4, 5].map(of)
  for (const { low, high } of each) {
    // Around .9, 1.96 standard errors of 10,000 images: .0059.
    expect(Math.abs(low - 0.8941)).toBeLessThan(0.001)
    expect(Math.abs(high - 0.9059)).toBeLessThan(0.001)
  }
  expect(of(1)).toEqual(each[0])
  expect(of(2)).not.toEqual(each[0])
})

test('every measure of a model is counted from its layers', () => {
  const layers = [conv2d(2, 3), relu(), conv2d(3, 3), relu(), flatten(), dense(5), dropout(0.5), dense(10)]
  const small: Experiment = { name: 'small', title: 'Small', augmented: false, layers }
  const counted = Object.fromEntries(Object.entries(modelMeasures).map(([name, { ofModel }]) => [name, ofModel(small)]))
  const [first, second] = [9 * 2 + 2, 9 * 2 * 3 + 3]
  const inputs = 24 * 24 * 3
  const [dense1, dense2] = [inputs * 5 + 5, 5 * 10 + 10]
  const [firstAdds, secondAdds] = [26 * 26 * 2 * 9, 24 * 24 * 3 * 9 * 2]
  const allAdds = firstAdds + secondAdds + inputs * 5 + 5 * 10
  expect(counted).toEqual({
    parameters: first + second + dense1 + dense2,
    multiplyAdds: allAdds,
    firstDenseShare: near(dense1 / (first + second + dense1 + dense2)),
    firstDenseInputs: inputs,
    secondConvolutionParameters: second,
    secondConvolutionAsDense: (26 * 26 * 2 + 1) * inputs,
    convolutionParameters: first + second,
    convolutionMultiplyAddShare: near((firstAdds + secondAdds) / allAdds),
  })
})

test('minutes of training leave out what an epoch took while its process stood still', () => {
  const minutes = (...secondsPerEpoch: number[]) =>
    runMeasures.trainingMinutes.ofRun(handMadeRecord({ timings: { secondsPerEpoch, imagesPerSecond: 1 } }))
  expect(minutes(60, 60, 6000, 60, 60)).toBe(5)
  // Slower, but at work: on fewer threads, or beside other runs.
  expect(minutes(60, 60, 180, 60, 60)).toBe(7)
  expect(minutes(...new Array<number>(20).fill(60), ...new Array<number>(20).fill(240))).toBeCloseTo(100, 0)
})
