import { availableParallelism } from 'node:os'
import { storePairedRuns } from '../analyses/paired-runs.ts'
import { findNative } from '../engine/native/install.ts'
import { nativeEngine } from '../engine/native/native-engine.ts'
import { readRunRecords } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { findProtocol } from '../runs/plan.ts'
import { runData } from '../runs/run-data.ts'
import { analysisJobs } from './analysis-jobs.ts'

/**
 * Makes what is derived from records, weights and the data set together, and stored with the results, so that the site needs no data
 * set for it: tests of pairs of runs, always anew, and analyses that are missing or stale. `train` ends with it.
 * @param protocols absent: all that have records
 * @returns the protocols whose pairs were tested
 */
export async function analyse(
  resultsDir: string,
  log: (line: string) => void,
  protocols?: ReadonlySet<string>,
): Promise<string[]> {
  const chosen = (protocol: string) => protocols?.has(protocol) ?? true
  const records = readRunRecords(resultsDir).filter(({ protocol }) => chosen(protocol))
  const first = new Map(
    records.toReversed().flatMap((record) => (record.files.predictions ? [[record.protocol, record] as const] : [])),
  )
  const tested: string[] = []
  for (const [name, { settings, seed }] of first) {
    const { dataset } = await loadDataset(settings.protocol, { download: false, log: () => {} })
    if (storePairedRuns(resultsDir, name, runData(dataset, settings.protocol, seed).test.labels) > 0) tested.push(name)
  }
  await makeDue(resultsDir, log, chosen)
  return tested
}

async function makeDue(resultsDir: string, log: (line: string) => void, chosen: (protocol: string) => boolean): Promise<void> {
  const jobs = analysisJobs(resultsDir, readRunRecords(resultsDir))
  const due = jobs.filter((job) => chosen(job.protocol) && job.judge().verdict !== 'fresh')
  if (due.length === 0) return
  const folder = findNative()
  if (folder === undefined) {
    log(`not analysed, for they take the native engine (npm run engine): ${due.map(({ label }) => label).join(', ')}`)
    return
  }
  const engine = nativeEngine(folder, availableParallelism())
  const { dataset } = await loadDataset(findProtocol('corrected'), { download: false, log })
  for (const job of due) {
    log(`analysing: ${job.label}`)
    await job.make({ dataset, engine })
  }
}
