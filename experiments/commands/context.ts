import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { experiments, mainSeed, plannedRuns, requiredRuns, type RunName } from '../catalogue.ts'
import { findProtocol, UsageError } from '../runs/plan.ts'
import { projectFolder } from '../runs/project-folder.ts'

/**
 * The results folder: what `--out` or `RESULTS_DIR` (empty: as if not set) say, else the project's own.
 * @throws UsageError where `--out` is empty
 */
export function resultsFolder(out?: string): string {
  if (out === '') throw new UsageError('--out is empty: name a folder (. for this one), or leave it out')
  return resolve(out ?? (process.env.RESULTS_DIR || join(projectFolder, 'content', 'results')))
}

/**
 * The runs that the site's build insists on; for a site of another protocol's records (`SITE_PROTOCOL`), that one's planned
 * runs, or where none is planned a run of each experiment.
 */
export function runsRequiredBySite(): RunName[] {
  const name = process.env.SITE_PROTOCOL
  if (!name || name === 'corrected') return requiredRuns
  const protocol = findProtocol(name)
  const planned = plannedRuns.filter((run) => run.protocol === protocol.name)
  if (planned.length) return planned
  return experiments.map((experiment) => ({ experiment: experiment.name, protocol: protocol.name, seed: mainSeed(protocol) }))
}

/** The commit of the working tree, with `+` where it has changes; null outside git. */
export function currentCommit(): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    // Records being written are no change of the code.
    return git('rev-parse', 'HEAD').trim() + (git('status', '--porcelain', '--', '.', ':!content/results').trim() ? '+' : '')
  } catch {
    return null
  }
}

export const isCI = (): boolean => Boolean(process.env.CI) && process.env.CI !== 'false'
