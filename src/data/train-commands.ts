import type { RunRecord } from '../../experiments/results/schema.ts'
import { formatSeedList } from '../../experiments/results/seed-list.ts'

const commitLength = 8

/** A commit as pages write it, with its `+` where the tree had changes. */
export const shortCommit = (commit: string | null): string =>
  commit?.replace(/^([0-9a-f]+)(\+?)$/, (_, hash: string, dirty: string) => hash.slice(0, commitLength) + dirty) ?? 'none'

export interface RunGroup {
  protocol: string
  experiment: string
  /** As charts and tables write the experiment. */
  title: string
  runs: RunRecord[]
}

/** Runs by protocol and experiment, each once, in the order they come. */
export function groupRuns(runs: readonly RunRecord[]): RunGroup[] {
  const groups = new Map<string, RunGroup>()
  for (const run of new Set(runs)) {
    const { protocol, experiment } = run
    const key = `${protocol}/${experiment}`
    const group = groups.get(key) ?? { protocol, experiment, title: run.settings.experiment.title, runs: [] }
    group.runs.push(run)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** The commands that train these runs anew, one for each set of experiments that share protocol and seeds. */
export function trainCommands(runs: readonly RunRecord[]): string[] {
  const sets = new Map<string, string[]>()
  for (const { protocol, experiment, runs: all } of groupRuns(runs)) {
    const flags = `--protocol ${protocol} --seeds ${formatSeedList(all.map(({ seed }) => seed))}`
    sets.set(flags, [...(sets.get(flags) ?? []), experiment])
  }
  return [...sets].map(([flags, names]) => `npm run experiments -- train ${names.join(' ')} ${flags}`)
}
