/**
 * The process that makes analyses with the native engine: its arguments are the results folder and the analyses' labels. Started by
 * `analyse.ts` only, which passes on what it says.
 */
import { availableParallelism } from 'node:os'
import { findNative } from '../engine/native/install.ts'
import { nativeEngine } from '../engine/native/native-engine.ts'
import { readEachRecord } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { findProtocol } from '../runs/plan.ts'
import { analysisJobs } from './analysis-jobs.ts'

const [resultsDir, ...labels] = process.argv.slice(2) as [string, ...string[]]
const engine = nativeEngine(findNative()!, availableParallelism())
const { dataset } = await loadDataset(findProtocol('corrected'), { download: false, log: console.log })
for (const job of analysisJobs(resultsDir, readEachRecord(resultsDir).records)) {
  if (!labels.includes(job.label)) continue
  console.log(`analysing: ${job.label}`)
  await job.make({ dataset, engine })
}
