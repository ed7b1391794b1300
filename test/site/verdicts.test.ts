import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { readVerdicts, staleRuns, type Verdict } from '../../src/data/verdicts.ts'
import { siteOfRuns } from './made-up-runs.ts'
import { temporaryFolder } from './made-up-site.ts'

const run = { experiment: 'cnn', protocol: 'corrected', seed: 1, required: true, verdict: 'stale', reasons: ['the code changed'] }

function withStatus(status: unknown) {
  const root = temporaryFolder()
  mkdirSync(join(root, '.cache'))
  writeFileSync(join(root, '.cache', 'status.json'), JSON.stringify(status))
  return { root, resultsDir: join(root, 'content', 'results'), protocol: 'corrected' }
}

test('knows nothing where no status was written, or one about other results', () => {
  const root = temporaryFolder()
  expect(readVerdicts({ root, resultsDir: join(root, 'content', 'results'), protocol: 'corrected' })).toBeNull()
  expect(readVerdicts(withStatus({ schemaVersion: 1, resultsDir: 'elsewhere', runs: [run] }))).toBeNull()
})

test('gives the verdicts of every protocol', () => {
  const runs = [run, { ...run, protocol: 'published' }]
  expect(readVerdicts(withStatus({ schemaVersion: 1, resultsDir: 'content/results', runs }))).toEqual(runs)
})

test('says what is stale of any protocol, runs with the same reasons in a line', () => {
  const { allRuns } = siteOfRuns({
    corrected: { cnn: [{}, {}] },
    'sweep-adadelta-0.001': { fcnn: {} },
    'sweep-adadelta-1': { fcnn: {} },
  })
  const verdict = (record: RunRecord, reasons: string[]): Verdict => ({
    ...record,
    required: false,
    verdict: reasons.length ? 'stale' : 'fresh',
    reasons,
  })
  const sweeps = allRuns.filter(({ experiment }) => experiment === 'fcnn')
  const [first, second] = allRuns.filter(({ experiment }) => experiment === 'cnn')
  const verdicts = [...sweeps.map((one) => verdict(one, ['adadelta', 'loop'])), verdict(first!, ['loop']), verdict(second!, [])]
  expect(staleRuns({ verdicts, allRuns })).toEqual([
    'CNN, our protocol, seed 1: loop',
    'FCNN, protocols sweep-adadelta-… at 0.001, 1, seed 1: adadelta; loop',
  ])
  expect(staleRuns({ verdicts: null, allRuns })).toEqual([])
})

test('refuses a status of another shape, with the command that writes it anew', () => {
  const settings = withStatus({ schemaVersion: 1, resultsDir: 'content/results', runs: [{ ...run, verdict: 'good' }] })
  expect(() => readVerdicts(settings)).toThrow(/runs\.0\.verdict.*"good".*status --for-site/)
})

test('names the status that can’t be read', () => {
  const { root, ...settings } = withStatus({})
  writeFileSync(join(root, '.cache', 'status.json'), '{"schemaVersion": 1,')
  expect(() => readVerdicts({ root, ...settings })).toThrow(/status\.json: .*JSON.*status --for-site/)
})
