import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readVerdicts } from '../../src/data/verdicts.ts'
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

test('gives the verdicts of the protocol that is shown', () => {
  const settings = withStatus({ schemaVersion: 1, resultsDir: 'content/results', runs: [run, { ...run, protocol: 'smoke' }] })
  expect(readVerdicts(settings)).toEqual([run])
})

test('refuses a status of another shape, with the command that writes it anew', () => {
  const settings = withStatus({ schemaVersion: 1, resultsDir: 'content/results', runs: [{ ...run, verdict: 'good' }] })
  expect(() => readVerdicts(settings)).toThrow(/runs\.0\.verdict.*"good".*status --for-site/)
})
