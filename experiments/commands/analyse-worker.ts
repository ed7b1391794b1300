/**
 * The process that makes analyses with the native engine: its arguments are the results folder and the analyses' labels. Started by
 * `analyse.ts` only, which passes on what it says. Exit code 1 where one failed.
 */
import { availableParallelism } from 'node:os'
import { nativeEngine } from '../engine/native/native-engine.ts'
import { usableNative } from '../engine/usable-native.ts'
import { readEachRecord } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { findProtocol } from '../runs/plan.ts'
import { analysisJobs, makeAnalyses } from './analysis-jobs.ts'

const [resultsDir, ...labels] = process.argv.slice(2) as [string, ...string[]]
const engine = nativeEngine(usableNative()!, availableParallelism())
const { dataset } = await loadDataset(findProtocol('corrected'), { download: false, log: console.log })
const jobs = analysisJobs(resultsDir, readEachRecord(resultsDir).records).filter(({ label }) => labels.includes(label))
process.exitCode = (await makeAnalyses(jobs, { dataset, engine }, console.log)) > 0 ? 1 : 0
