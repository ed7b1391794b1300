import type { SiteData } from '../site-data.ts'
import { withProtocol } from '../with-protocol.ts'
import { scoreClaims } from './about-scores.ts'
import { trainingClaims } from './about-training.ts'
import { weightClaims } from './about-weights.ts'
import type { Claim, ClaimVerdict, JudgedClaim } from './claim.ts'

/** The original's fourteen claims, in its order. */
export const ledgerClaims: readonly Claim[] = [...scoreClaims, ...trainingClaims, ...weightClaims].toSorted(
  (a, b) => a.number - b.number,
)

/** What to make of a claim, from whether it holds by the original's protocol and by the corrected one. */
export function verdictOf(published: boolean | null, corrected: boolean | null): ClaimVerdict {
  if (corrected === null) return 'undecided'
  if (corrected) return 'supported'
  return published ? 'artefact' : 'refuted'
}

/**
 * Judges a claim on the runs of both protocols. One that follows from the models alone cannot be an artefact of how they were trained.
 */
export function judgeClaim(data: SiteData, claim: Claim): JudgedClaim {
  const [published, corrected] = ['published', 'corrected'].map((name) => claim.judge(withProtocol(data, name)))
  return { claim, published: published!, corrected: corrected!, verdict: verdictOf(published!.holds, corrected!.holds) }
}

const judged = new WeakMap<SiteData, JudgedClaim[]>()

/** Every claim with its verdict by the data of this build; made once. */
export function claimsLedger(data: SiteData): JudgedClaim[] {
  const found = judged.get(data) ?? ledgerClaims.map((claim) => judgeClaim(data, claim))
  judged.set(data, found)
  return found
}

export const verdictWords: Record<ClaimVerdict, string> = {
  supported: 'supported',
  refuted: 'refuted',
  artefact: 'artefact of the protocol',
  undecided: 'not decidable yet',
}

/** Whether a verdict is about these trained networks or about the way they are trained. */
export function scopeOf({ verdict, corrected: { seeds } }: JudgedClaim): string {
  if (verdict === 'undecided') return ''
  if (seeds === 0) return 'counted'
  return seeds === 1 ? 'these trained networks, one seed' : `the recipe, ${seeds} seeds`
}
