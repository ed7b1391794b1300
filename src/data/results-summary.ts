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

/** Commits and dates of some runs. */
export function summariseResults(runs: readonly RunRecord[]): ResultsSummary {
  const starts = runs.flatMap(({ provenance: { commit, segments } }) =>
    segments.map((one) => ({ start: one.start, commit: one.commit ?? commit })),
  )
  starts.sort((a, b) => (a.start < b.start ? -1 : 1))
  return {
    runs: runs.length,
    commits: [...new Set(starts.flatMap(({ commit }) => (commit ? [shortCommit(commit)] : [])))],
    first: starts[0]?.start.slice(0, 10),
    last: starts.at(-1)?.start.slice(0, 10),
  }
}

/** "commit 1a2b3c4d", "3 commits from 1a2b3c4d to 5e6f7a8b". */
export const commitsInWords = (commits: readonly string[]): string =>
  commits.length > 1 ? `${commits.length} commits from ${commits[0]} to ${commits.at(-1)}` : `commit ${commits[0]}`
