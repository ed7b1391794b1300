import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { product, weightSpecs } from '../../experiments/models/layers.ts'
import { partsOf } from '../../experiments/results/behaviour.ts'
import { judgeRun } from '../../experiments/results/freshness.ts'
import { predictionsPath, recordPath, toFloat16Bytes, weightsPath } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import { makeRecord, testPredictions } from '../helpers/make-record.ts'

const { experiment, protocol } = makeRecord().settings
const run = { experiment, protocol, seed: 3 }
const behaviour = Object.fromEntries(partsOf(experiment, protocol).map((part) => [part, '0123456789ab']))
/** As many weights as the network has. */
const weights = toFloat16Bytes(weightSpecs(experiment.layers).map(({ shape }) => new Float32Array(product(shape)).fill(0.5)))
const folder = () => mkdtempSync(join(tmpdir(), 'freshness-'))
function withRecord(changes: Parameters<typeof makeRecord>[0] = {}): string {
  const dir = folder()
  writeRun(dir, makeRecord({ behaviour, ...changes }), { predictions: testPredictions, weights: null })
  return dir
}

describe('judgeRun', () => {
  it('finds a record fresh whose settings, data and behaviour are those of today', () => {
    expect(judgeRun(withRecord(), run, behaviour)).toMatchObject({ verdict: 'fresh', reasons: [] })
  })

  it('does not mind another title or summary', () => {
    const renamed = { ...run, experiment: { ...experiment, title: 'Other' }, protocol: { ...protocol, summary: 'Other.' } }
    expect(judgeRun(withRecord(), renamed, behaviour).verdict).toBe('fresh')
  })

  it('names the hyperparameter that differs', () => {
    const other = { ...run, protocol: { ...protocol, optimizer: { ...protocol.optimizer, rate: 0.5 } } }
    expect(judgeRun(withRecord(), other, behaviour)).toMatchObject({
      verdict: 'stale',
      reasons: ['protocol.optimizer.rate was 1, is 0.5'],
    })
  })

  it('minds other transforms only where images are transformed', () => {
    const other = { ...protocol, augmentation: { ...protocol.augmentation, rotation: 20 } }
    expect(judgeRun(withRecord(), { ...run, protocol: other }, behaviour)).toMatchObject({ verdict: 'fresh', reasons: [] })
    const augmented = { ...experiment, augmented: true }
    const dir = withRecord({ settings: { experiment: augmented, protocol } })
    expect(judgeRun(dir, { experiment: augmented, protocol: other, seed: 3 }, behaviour).reasons).toContain(
      'protocol.augmentation.rotation was 10, is 20',
    )
  })

  it('names the part of the code that behaves differently', () => {
    expect(judgeRun(withRecord(), run, { ...behaviour, 'optimizer/adadelta': 'ba9876543210' })).toMatchObject({
      verdict: 'stale',
      reasons: ["the code's behaviour has changed since: optimizer/adadelta"],
    })
  })

  it('is not touched by parts that the run does not rest on', () => {
    expect(judgeRun(withRecord(), run, { ...behaviour, 'augmentation/fresh': 'ba9876543210' }).verdict).toBe('fresh')
  })

  it('finds a record of another data set stale', () => {
    const dataset = { ...makeRecord().dataset, testLabels: 'f'.repeat(64) }
    expect(judgeRun(withRecord({ dataset }), run, behaviour)).toMatchObject({
      verdict: 'stale',
      reasons: ['it was trained on another data set: t10k-labels-idx1-ubyte differs'],
    })
  })

  it('finds a run without a record missing', () => {
    expect(judgeRun(folder(), run, behaviour)).toMatchObject({ verdict: 'missing' })
  })

  it('finds a foreign file damaged, and names it', () => {
    const dir = folder()
    const file = recordPath(dir, makeRecord())
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '{"schemaVersion": 2}')
    const { verdict, reasons } = judgeRun(dir, run, behaviour)
    expect(verdict).toBe('damaged')
    expect(reasons[0]).toContain(`${file} is not a run record: at schemaVersion`)
  })

  describe.each([
    { name: 'predictions', bytes: testPredictions, pathOf: predictionsPath },
    { name: 'weights', bytes: weights, pathOf: weightsPath },
  ])('of a record with predictions and weights', ({ name, bytes, pathOf }) => {
    const dir = folder()
    const record = makeRecord({ behaviour, files: { predictions: sha256(testPredictions), weights: sha256(weights) } })
    const file = pathOf(recordPath(dir, record))
    beforeEach(() => writeRun(dir, record, { predictions: testPredictions, weights }))

    it.each<[string, () => void, string]>([
      ['gone', () => rmSync(file), 'is missing'],
      ['cut', () => writeFileSync(file, bytes.subarray(0, 100)), 'has 100 bytes'],
      ["another run's", () => writeFileSync(file, bytes.with(7, 1)), 'has SHA-256'],
    ])(`finds it damaged where its ${name} are %s, and names the file`, (_, damage, reason) => {
      expect(judgeRun(dir, run, behaviour)).toMatchObject({ verdict: 'fresh', reasons: [] })
      damage()
      const { verdict, reasons } = judgeRun(dir, run, behaviour)
      expect(verdict).toBe('damaged')
      expect(reasons[0]).toContain(`${file} ${reason}`)
    })
  })
})
