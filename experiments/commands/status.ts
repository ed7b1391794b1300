import { join, relative } from 'node:path'
import { judgePairedRuns } from '../analyses/paired-runs.ts'
import type { RunName } from '../catalogue.ts'
import { judgeRun, type Verdict } from '../results/freshness.ts'
import { readEachRecord, readRunRecord, recordPath, runLabel } from '../results/read-results.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { goneFromCatalogue, planRun } from '../runs/plan.ts'
import { projectFolder } from '../runs/project-folder.ts'
import { analysisJobs } from './analysis-jobs.ts'
import { runsRequiredBySite } from './context.ts'

export type RunStatus = RunName & Omit<Verdict, 'record'> & { required: boolean; epochs?: number; status?: string }

const same = (a: RunName, b: RunName) => a.experiment === b.experiment && a.protocol === b.protocol && a.seed === b.seed

function statusOf(resultsDir: string, run: RunName, required: boolean, ids: Record<string, string>): RunStatus {
  const gone = goneFromCatalogue(run)
  const { record, verdict, reasons } = gone.length
    ? { record: readRunRecord(recordPath(resultsDir, run)), verdict: 'stale' as const, reasons: gone }
    : judgeRun(resultsDir, planRun(run), ids)
  return { ...run, required, verdict, reasons, ...(record && { epochs: record.epochs, status: record.status }) }
}

/**
 * The verdict on every required run and on every other whose record is there, damaged or not.
 * @param ids of how the code behaves now, by part
 */
export function runStatuses(resultsDir: string, ids: Record<string, string>): RunStatus[] {
  const required = runsRequiredBySite().map((run) => statusOf(resultsDir, run, true, ids))
  const { records, damaged } = readEachRecord(resultsDir)
  const isOther = (record: RunName) => !required.some((run) => same(run, record))
  return [
    ...required,
    ...records
      .filter(isOther)
      .map(({ experiment, protocol, seed }) => statusOf(resultsDir, { experiment, protocol, seed }, false, ids)),
    ...damaged
      .filter(isOther)
      .map(({ error, ...run }) => ({ ...run, required: false, verdict: 'damaged' as const, reasons: [error.message] })),
  ]
}

/** A line a run, for people. */
export function describeStatus(run: RunStatus): string {
  const how = run.status === 'stopped-at-budget' ? `, stopped at its budget of ${run.epochs} epochs` : ''
  const why = run.reasons.length ? `: ${run.reasons.join('; ')}` : ''
  return `${run.verdict.padEnd(8)}${runLabel(run)}${run.required ? '' : ' (not required)'}${how}${why}`
}

export type AnalysisStatus = { analysis: string; protocol: string; verdict: Verdict['verdict']; reasons: string[] }

/** The verdict on every analysis that the records that can be read call for, tests of pairs of runs among them. */
export function analysisStatuses(resultsDir: string): AnalysisStatus[] {
  const { records } = readEachRecord(resultsDir)
  const jobs = analysisJobs(resultsDir, records).map(({ label, protocol, judge }) => ({ analysis: label, protocol, ...judge() }))
  const pairs = [...new Set(records.map(({ protocol }) => protocol))].flatMap((protocol) => {
    const judged = judgePairedRuns(resultsDir, protocol, records)
    return judged ? [{ analysis: `paired-runs-${protocol}`, protocol, verdict: judged.verdict, reasons: judged.reasons }] : []
  })
  return [...jobs, ...pairs]
}

/** Of these analyses those of the site's protocol that are not what making them now would give. */
export const requiredAnalysesDue = (analyses: readonly AnalysisStatus[]): AnalysisStatus[] => {
  const shown = new Set(runsRequiredBySite().map(({ protocol }) => protocol))
  return analyses.filter(({ protocol, verdict }) => shown.has(protocol) && verdict !== 'fresh')
}

/** A line an analysis, for people. */
export const describeAnalysis = ({ analysis, verdict, reasons }: AnalysisStatus): string =>
  `${verdict.padEnd(8)}analysis ${analysis}${reasons.length ? `: ${reasons.join('; ')}` : ''}`

/** Where the site's build reads the verdicts. */
export function writeStatusForSite(resultsDir: string, runs: RunStatus[]): void {
  const plain = runs.map(({ experiment, protocol, seed, required, verdict, reasons }) => ({
    experiment,
    protocol,
    seed,
    required,
    verdict,
    reasons,
  }))
  const file = join(projectFolder, '.cache', 'status.json')
  writeAtomically(
    file,
    `${JSON.stringify({ schemaVersion: 1, resultsDir: relative(projectFolder, resultsDir), runs: plain }, null, 2)}\n`,
  )
}
