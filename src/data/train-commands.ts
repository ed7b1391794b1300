import type { RunRecord } from '../../experiments/results/schema.ts'
import { protocolTitle } from './protocol-title.ts'
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

/** Runs of one experiment by one protocol, or with the same seeds by several that differ in one number of their names. */
interface FoldedRuns {
  experiment: string
  title: string
  /** A protocol's name, or what comes before the number: `sweep-adam`. */
  protocol: string
  /** The numbers, as the names have them; empty for one protocol. */
  variants: string[]
  /** As `--seeds` takes them. */
  seeds: string
  runs: RunRecord[]
}

const family = /^(?<name>.+)-(?<number>[\d.]+)$/

/** The same groups with the protocols of a sweep folded into one, so that a list of a hundred runs stays a few lines long. */
export function foldRuns(runs: readonly RunRecord[]): FoldedRuns[] {
  const folds = new Map<string, FoldedRuns>()
  for (const { protocol, experiment, title, runs: own } of groupRuns(runs)) {
    const { name = protocol, number } = family.exec(protocol)?.groups ?? {}
    const seeds = formatSeedList(own.map(({ seed }) => seed))
    const key = [name, experiment, seeds].join(' ')
    const fold = folds.get(key) ?? { experiment, title, protocol: name, variants: [], seeds, runs: [] }
    fold.runs.push(...own)
    if (number !== undefined) fold.variants.push(number)
    folds.set(key, fold)
  }
  return [...folds.values()].map((fold) =>
    fold.variants.length === 1 ? { ...fold, protocol: fold.runs[0]!.protocol, variants: [] } : fold,
  )
}

/** "our protocol"; "protocols sweep-adam-… at 0.001, 0.01" of a folded sweep. */
export const protocolInWords = ({ protocol, variants }: FoldedRuns): string =>
  variants.length ? `protocols ${protocol}-… at ${variants.join(', ')}` : protocolTitle(protocol)

/** "seed 42", "seeds 1–4, 7": a list of seeds as a sentence has it. */
export const seedsInWords = ({ seeds }: FoldedRuns): string =>
  `${/^\d+$/.test(seeds) ? 'seed' : 'seeds'} ${seeds.replaceAll('-', '–').replaceAll(',', ', ')}`

/** The commands that train these runs anew, beside the report's, whose fresh records `train` would pass over; one for each set of experiments that share protocol and seeds; a loop over those of a sweep. */
export function trainCommands(runs: readonly RunRecord[]): string[] {
  const sets = new Map<string, { names: string[]; fold: FoldedRuns }>()
  for (const fold of foldRuns(runs)) {
    const key = [fold.protocol, fold.variants, fold.seeds].join(' ')
    sets.set(key, { fold, names: [...(sets.get(key)?.names ?? []), fold.experiment] })
  }
  return [...sets.values()].map(({ names, fold: { protocol, variants, seeds } }) => {
    const train = (name: string) =>
      `npm run experiments -- train ${names.join(' ')} --protocol ${name} --seeds ${seeds} --out /tmp/again`
    return variants.length ? `for rate in ${variants.join(' ')}; do ${train(`${protocol}-$rate`)}; done` : train(protocol)
  })
}
