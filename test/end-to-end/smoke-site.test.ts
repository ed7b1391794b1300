import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiments } from '../../experiments/catalogue.ts'
import { readPredictions, readRunRecords } from '../../experiments/results/read-results.ts'
import { builtSite, example } from '../browser/built-site.ts'
import { sitePages } from '../browser/site-pages.ts'

describe('the smoke protocol, from training to the built site', async () => {
  const { folder, resultsDir } = await builtSite('smoke')
  const records = readRunRecords(resultsDir)

  it('leaves a record of each experiment', () => {
    expect(records.map((record) => record.experiment).sort()).toEqual(experiments.map(({ name }) => name).sort())
    expect(new Set(records.map((record) => record.protocol))).toEqual(new Set(['smoke']))
  })

  it('keeps finite predictions of every test image', () => {
    for (const record of records) {
      const logits = readPredictions(resultsDir, record)!
      expect(logits).toHaveLength(record.evaluation.test.images * 10)
      expect(logits.every(Number.isFinite)).toBe(true)
    }
  })

  it('builds at least twelve pages, and the front page shows the measured accuracies', () => {
    expect(sitePages(folder).length).toBeGreaterThanOrEqual(12)
    const front = readFileSync(join(folder, 'index.html'), 'utf8')
    for (const { evaluation, experiment } of records)
      expect(front, experiment).toContain((evaluation.test.accuracy * 100).toFixed(1))
  })

  it('builds the example of a chapter that the report gives', () => {
    const page = readFileSync(join(folder, example, 'index.html'), 'utf8')
    for (const expected of ['<h1>Does the CNN need pooling?</h1>', 'id="my-curves"', 'id="my-costs"', 'data-measure="macroF1"'])
      expect(page).toContain(expected)
    expect(page).not.toContain('not run yet')
  })
})
