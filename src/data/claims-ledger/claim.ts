import type { Interval } from '../../../experiments/statistics/interval.ts'
import type { NumberKind } from '../measures.ts'
import type { Published } from '../reproduction/published.ts'
import type { SiteData } from '../site-data.ts'

/**
 * `supported`: holds for runs of the corrected protocol. `refuted`: does not. `artefact`: does not, but does for runs of the
 * original's own protocol. `undecided`: runs are missing, or chance explains either answer; or the claim is about the original's own
 * protocol, which was not run.
 */
export type ClaimVerdict = 'supported' | 'refuted' | 'artefact' | 'undecided'

/** How large what a claim speaks of is. */
export interface Effect {
  /** What is compared; the same by either protocol. */
  label: string
  value: number
  kind: NumberKind
  /** 95 %; null where one run gives none. */
  interval: Interval | null
  /** What differs by protocol and belongs beside the number. */
  note?: string
}

/** What the runs of one protocol say of a claim. */
export interface Judgement {
  /** Null: runs are missing, or chance explains either answer. */
  holds: boolean | null
  /** That it can't hold any more, whatever the runs that are missing give. */
  excluded?: boolean
  effects: Effect[]
  /** What would have to be run to its end, in words: experiments, or second seeds of them. */
  missing: string[]
  /** Seeds behind the answer, the fewest of those compared; null where it follows from models alone. */
  seeds: number | null
}

/** A claim of the original with the rule that judges it. */
export interface Claim {
  number: number
  /** In a few words, for lists. */
  short: string
  /** As fair to the original as a sentence of ours can be. */
  claim: (published: Published) => string
  /** What counts as holding, and what as failing. */
  reading: string
  /** What the original's own printed numbers give by this rule, where a reader should know. */
  printed?: (published: Published) => string
  /** Of runs of the protocol that `data` shows, all of which ended by their rule. Pure. */
  judge: (data: SiteData) => Judgement
  /**
   * Whether it speaks of epochs as the original counts them, at its rate: that ours come out otherwise says nothing of it until its own
   * protocol was run.
   */
  ofItsProtocol?: true
  /** Figures, tables and chapters that show it: ids for `<Ref>`. */
  evidence: string[]
}

/** A claim with the verdict of this build's data. */
export interface JudgedClaim {
  claim: Claim
  verdict: ClaimVerdict
  /** Under the original's protocol, and under ours. */
  published: Judgement
  corrected: Judgement
}
