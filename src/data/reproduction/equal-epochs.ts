import { mean } from 'd3-array'
import type { Holds } from '../holds.ts'
import { comparedFrom, printedAt, reproductionsOf, type Reproduction } from './reproduction.ts'
import type { SiteData } from '../site-data.ts'

/** Two networks under the original's protocol, epoch beside epoch. */
export interface EqualEpochs {
  first: Reproduction[]
  second: Reproduction[]
  /** Whether from `comparedFrom` on every run of the first reads more test images than every one of the second, at each epoch of both. */
  ahead: boolean
  /** Whether each run of the second was trained for more epochs than each of the first, all to the end by their rule. */
  secondLonger: boolean
  /** Test accuracies, means over the runs, at the original's last epoch of the first; null where a run did not reach it. */
  atLast: { epoch: number; first: number; second: number } | null
}

/** By index: epochs are counted from 1, and none is left out. */
const accuracyAt = ({ run }: Reproduction, epoch: number): number | undefined => run.history[epoch - 1]?.valAccuracy

/** The mean over runs; undefined where one did not reach the epoch. */
function meanAt(runs: readonly Reproduction[], epoch: number): number | undefined {
  const values = runs.map((one) => accuracyAt(one, epoch))
  return values.includes(undefined) ? undefined : mean(values as number[])
}

function aheadOf(first: Reproduction, second: Reproduction): boolean {
  const common = Math.min(first.run.epochs, second.run.epochs)
  for (let epoch = comparedFrom; epoch <= common; epoch++)
    if (accuracyAt(first, epoch)! <= accuracyAt(second, epoch)!) return false
  return true
}

/** Null while one of the two has no run that reached `comparedFrom`. */
export function equalEpochs(data: SiteData, ...names: readonly [string, string]): EqualEpochs | null {
  const [first, second] = names.map((name) => reproductionsOf(data, name).filter(({ run }) => run.epochs >= comparedFrom)) as [
    Reproduction[],
    Reproduction[],
  ]
  if (first.length === 0 || second.length === 0) return null
  const pairs = first.flatMap((a) => second.map((b) => [a, b] as const))
  const epoch = first[0]!.published.lastEpoch
  const last = { first: meanAt(first, epoch), second: meanAt(second, epoch) }
  const ended = [...first, ...second].every(({ run }) => run.status === 'converged')
  return {
    first,
    second,
    ahead: pairs.every(([a, b]) => aheadOf(a, b)),
    secondLonger: ended && pairs.every(([a, b]) => b.run.epochs > a.run.epochs),
    atLast: last.first === undefined || last.second === undefined ? null : { epoch, first: last.first, second: last.second },
  }
}

/**
 * By how much the original's log has the first ahead at the epochs from `comparedFrom` on that it prints of it, up to the end of the
 * second, whose accuracy is read off between the printed epochs.
 */
const printedLeads = ({ published: { experiments } }: SiteData, first: string, second: string): number[] =>
  (experiments[first]?.curve ?? []).flatMap(([epoch, , , , accuracy]) => {
    const other = epoch < comparedFrom ? null : printedAt(experiments[second]?.curve ?? [], epoch, 'accuracy')
    return other === null ? [] : accuracy - other
  })

/** Whether it has it ahead at each of them; null where there is none. */
export function printedAhead(data: SiteData, first: string, second: string): Holds {
  const leads = printedLeads(data, first, second)
  return leads.length ? leads.every((lead) => lead > 0) : null
}

/**
 * Whether the first's lead shrinks to less than a third of what it was at `comparedFrom`, in the original's log, where it ends below a
 * point, and in the means of our runs, at the last epoch of all; null while one of the two has no run.
 */
export function leadShrinks(data: SiteData, ...names: readonly [string, string]): Holds {
  const found = equalEpochs(data, ...names)
  const printed = printedLeads(data, ...names)
  if (!found || printed.length === 0) return null
  const common = Math.min(...[...found.first, ...found.second].map(({ run }) => run.epochs))
  const lead = (epoch: number) => meanAt(found.first, epoch)! - meanAt(found.second, epoch)!
  const shrinks = (from: number, to: number) => from > 0 && to < from / 3
  return printed.at(-1)! < 0.01 && shrinks(printed[0]!, printed.at(-1)!) && shrinks(lead(comparedFrom), lead(common))
}
