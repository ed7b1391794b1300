import type { RunRecord } from '../../experiments/results/schema.ts'
import { shortCommit } from './train-commands.ts'

/** When and from what code a set of runs was trained, as their records say. */
export interface ResultsSummary {
  runs: number
  /** Of the code, in the order in which runs first used them; shortened, `+` behind one whose tree had changes. */
  commits: string[]
  /** Days, from the first sitting to the last; undefined without runs. */
  first: string | undefined
  last: string | undefined
}

/** The commits of the code that runs were trained from, in the order in which they first used them. */
export function commitsOf(runs: readonly RunRecord[]): string[] {
  const sittings = runs.flatMap(({ provenance: { commit, segments } }) =>
    // An earlier sitting that noted none is not of the commit of the last.
    segments.map((one, i) => ({ start: one.start, commit: one.commit ?? (i === segments.length - 1 ? commit : null) })),
  )
  sittings.sort((a, b) => (a.start < b.start ? -1 : 1))
  return [...new Set(sittings.flatMap(({ commit }) => commit ?? []))]
}

/** The same, shortened, as notes name them. */
export const commitList = (runs: readonly RunRecord[]): string => commitsOf(runs).map(shortCommit).join(', ') || 'none'

/** Commits and dates of some runs. */
export function summariseResults(runs: readonly RunRecord[]): ResultsSummary {
  const starts = runs.flatMap(({ provenance: { segments } }) => segments.map(({ start }) => start)).sort()
  return {
    runs: runs.length,
    commits: commitsOf(runs).map(shortCommit),
    first: starts[0]?.slice(0, 10),
    last: starts.at(-1)?.slice(0, 10),
  }
}

/** "commit 1a2b3c4d", "3 commits from 1a2b3c4d to 5e6f7a8b". */
export const commitsInWords = (commits: readonly string[]): string =>
  commits.length > 1 ? `${commits.length} commits from ${commits[0]} to ${commits.at(-1)}` : `commit ${commits[0]}`
