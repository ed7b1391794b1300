import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { storePairedRuns } from '../analyses/paired-runs.ts'
import { withoutNoise } from '../engine/native/startup-noise.ts'
import { usableNative, whyNoneUsable } from '../engine/usable-native.ts'
import { letSignalsThrough } from '../let-signals-through.ts'
import { DamagedResultError, readEachRecord, runLabel } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { findProtocol } from '../runs/plan.ts'
import { runData } from '../runs/run-data.ts'
import { analysisJobs, type AnalysisJob } from './analysis-jobs.ts'

export interface Analysed {
  /** The protocols whose pairs were tested. */
  tested: string[]
  /** What could not be analysed, each after a line to `log` that says why. */
  left: string[]
}

/**
 * Makes what is derived from records, weights and the data set together, and stored with the results, so that the site needs no data
 * set for it: tests of pairs of runs, always anew, and analyses that are missing or stale. `train` ends with it.
 * @param protocols absent: all that have records
 */
export async function analyse(
  resultsDir: string,
  log: (line: string) => void,
  protocols?: ReadonlySet<string>,
): Promise<Analysed> {
  const chosen = (protocol: string) => protocols?.has(protocol) ?? true
  const { records, damaged } = readEachRecord(resultsDir)
  damaged.forEach(({ error }) => log(`not analysed: ${error.message}`))
  const left = damaged.map(runLabel)
  const kept = records.filter(({ protocol, files }) => chosen(protocol) && files.predictions)
  const first = new Map(kept.toReversed().map((record) => [record.protocol, record]))
  const tested: string[] = []
  for (const [name, { settings, seed, dataset: own }] of first) {
    await letSignalsThrough()
    const { dataset, id } = await loadDataset(settings.protocol, { download: false, log: () => {} })
    if (id.testLabels !== own.testLabels) {
      log(`${name}: no pairs were tested, for its runs are of another data set than the one here`)
      left.push(`pairs of ${name}`)
      continue
    }
    try {
      const { labels } = runData(dataset, settings.protocol, seed).test
      if (storePairedRuns(resultsDir, name, records, labels) > 0) tested.push(name)
    } catch (error) {
      if (!(error instanceof DamagedResultError)) throw error
      log(`${name}: no pairs were tested: ${error.message}`)
      left.push(`pairs of ${name}`)
    }
  }
  const jobs = analysisJobs(resultsDir, records).filter(({ protocol }) => chosen(protocol))
  left.push(...(await makeDue(resultsDir, jobs, log)))
  return { tested, left }
}

/**
 * Analyses take the native engine, which is loaded in a process of its own: what it says when it starts is not passed on.
 * @returns the labels of those that are due and can't be made here
 * @throws naming those that failed, after a line of each to `log`; NoDatasetError where the real data set is not at hand
 */
async function makeDue(resultsDir: string, jobs: readonly AnalysisJob[], log: (line: string) => void): Promise<string[]> {
  const findDue = () => jobs.filter((job) => job.judge().verdict !== 'fresh').map(({ label }) => label)
  const due = findDue()
  if (due.length === 0) return []
  if (usableNative() === undefined) {
    log(`not analysed, for ${whyNoneUsable()}: ${due.join(', ')}`)
    return due
  }
  await loadDataset(findProtocol('corrected'), { download: false, log })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'analyse-worker.ts'), resultsDir, ...due], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  createInterface({ input: child.stdout }).on('line', log)
  withoutNoise(child.stderr, log)
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  process.off('exit', kill)
  if (code === 0) return []
  const why = signal ? `for their process ended with ${signal} (npm run experiments -- analyse goes on)` : 'see above'
  throw new Error(`not analysed, ${why}: ${findDue().join(', ')}`)
}
