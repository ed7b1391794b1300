import { endedRuns } from '../ended-runs.ts'
import { once } from '../once.ts'
import type { SiteData } from '../site-data.ts'
import { withProtocol } from '../with-protocol.ts'
import { scoreClaims } from './about-scores.ts'
import { spreadClaims } from './about-spread.ts'
import { trainingClaims } from './about-training.ts'
import { weightClaims } from './about-weights.ts'
import type { Claim, ClaimVerdict, JudgedClaim } from './claim.ts'

/** The original's fourteen claims, in its order. */
export const ledgerClaims: readonly Claim[] = [...spreadClaims, ...scoreClaims, ...trainingClaims, ...weightClaims].toSorted(
  (a, b) => a.number - b.number,
)

/**
 * What to make of a claim, from whether it holds under the original's protocol and by the corrected one.
 * @param ofItsProtocol whether it is about the original's own protocol: then that decides, and ours say no more than whether it is the cause
 */
export function verdictOf(published: boolean | null, corrected: boolean | null, ofItsProtocol = false): ClaimVerdict {
  const decides = ofItsProtocol ? published : corrected
  if (decides === null) return 'undecided'
  if (published && corrected === false) return 'artefact'
  return decides ? 'supported' : 'refuted'
}

/**
 * Judges a claim on the runs of both protocols that ended by their rule. One that follows from the models alone cannot be an artefact of
 * how they were trained.
 */
export function judgeClaim(data: SiteData, claim: Claim): JudgedClaim {
  const [published, corrected] = ['published', 'corrected'].map((name) => claim.judge(withProtocol(endedRuns(data), name)))
  const verdict = verdictOf(published!.holds, corrected!.holds, claim.ofItsProtocol)
  return { claim, published: published!, corrected: corrected!, verdict }
}

const judged = new WeakMap<SiteData, JudgedClaim[]>()

/** Every claim with its verdict by the data of this build; made once. */
export const claimsLedger = (data: SiteData): JudgedClaim[] =>
  once(judged, data, () => ledgerClaims.map((claim) => judgeClaim(data, claim)))

export const verdictWords: Record<ClaimVerdict, string> = {
  supported: 'supported',
  refuted: 'refuted',
  artefact: 'artefact of the protocol',
  undecided: 'not decidable yet',
}

/** Refuted by our runs, while runs of the original's protocol are still to say whether it is the cause. */
const isStillOpen = ({ verdict, published, corrected: { seeds } }: JudgedClaim): boolean =>
  verdict === 'refuted' && published.holds === null && !published.excluded && seeds !== null

/** How many claims came to which verdict: "3 supported, 4 refuted (2 of them …), 7 not decidable yet". */
export const verdictCounts = (ledger: readonly JudgedClaim[]): string =>
  Object.entries(verdictWords)
    .flatMap(([name, words]) => {
      const own = ledger.filter(({ verdict }) => verdict === name)
      const open = own.filter(isStillOpen).length
      const stillOpen = open ? ` (for ${open} of them the original’s protocol may still turn out to be the cause)` : ''
      return own.length ? [`${own.length} ${words}${stillOpen}`] : []
    })
    .join(', ')

/**
 * Whether a verdict is about these trained networks or about the way they are trained; and of a refuted one, whether the original's
 * protocol is still to say if it is the cause.
 */
export function scopeOf(judged: JudgedClaim): string {
  const {
    claim,
    verdict,
    published,
    corrected: { seeds },
  } = judged
  if (verdict === 'undecided') return ''
  if (seeds === null) return 'counted, of these two networks'
  if (claim.ofItsProtocol) return `the original’s protocol, ${published.seeds === 1 ? 'one seed' : `${published.seeds} seeds`}`
  const scope = seeds === 1 ? 'these trained networks, one seed' : `the recipe, ${seeds} seeds`
  return isStillOpen(judged) ? `${scope}; the original’s protocol is still open` : scope
}
