import { availableParallelism } from 'node:os'
import { storePairedRuns } from '../analyses/paired-runs.ts'
import { findNative } from '../engine/native/install.ts'
import { nativeEngine } from '../engine/native/native-engine.ts'
import { readRunRecords } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { findProtocol } from '../runs/plan.ts'
import { runData } from '../runs/run-data.ts'
import { analysisJobs, type AnalysisJob } from './analysis-jobs.ts'

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
  const records = readRunRecords(resultsDir)
  const kept = records.filter(({ protocol, files }) => chosen(protocol) && files.predictions)
  const first = new Map(kept.toReversed().map((record) => [record.protocol, record]))
  const tested: string[] = []
  for (const [name, { settings, seed }] of first) {
    const { dataset } = await loadDataset(settings.protocol, { download: false, log: () => {} })
    if (storePairedRuns(resultsDir, name, runData(dataset, settings.protocol, seed).test.labels) > 0) tested.push(name)
  }
  const jobs = analysisJobs(resultsDir, records).filter(({ protocol }) => chosen(protocol))
  await makeDue(jobs, log)
  return tested
}

async function makeDue(jobs: readonly AnalysisJob[], log: (line: string) => void): Promise<void> {
  const due = jobs.filter((job) => job.judge().verdict !== 'fresh')
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
