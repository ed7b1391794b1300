import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { loadSiteData, type SiteData } from '../../src/data/site-data.ts'
import { makeResults, type MadeUp } from '../fixtures/make-results.ts'

const root = resolve(import.meta.dirname, '..', '..')

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Site data from made-up records, without the data set: their test images have labels of their own. */
export function madeUpSite(...made: MadeUp[]): SiteData {
  const resultsDir = temporaryFolder()
  for (const one of made) makeResults(resultsDir, one)
  const protocol = made[0]?.protocol ?? 'corrected'
  return loadSiteData({ resultsDir, protocol, root }, () => undefined)
}
