import { claimsLedger, scopeOf, verdictWords } from '../data/claims-ledger/ledger.ts'
import type { JudgedClaim } from '../data/claims-ledger/claim.ts'
import { writeEffect } from '../data/claims-ledger/write-effect.ts'
import { endedRuns } from '../data/ended-runs.ts'
import type { SiteData } from '../data/site-data.ts'
import type { TableMaker } from './table-data.ts'

/** The effect that a claim is first judged by: in our runs, or where it is about the original's own epochs, in those by its protocol. */
function firstEffect({ claim, published, corrected }: JudgedClaim): string {
  const [theirs] = claim.ofItsProtocol ? published.effects : []
  const first = theirs ?? corrected.effects[0]
  return first ? `${first.label}${theirs ? ', under the original’s protocol' : ''}: ${writeEffect(first)}` : '–'
}

const judgedRuns = (data: SiteData) =>
  endedRuns(data).allRuns.filter(({ protocol }) => protocol === 'corrected' || protocol === 'published')

/** The fourteen claims in a line each: verdict, what it is about, and the first effect. */
export const claimsTable: TableMaker = (data) => ({
  columns: [
    { label: 'Claim' },
    { label: 'Verdict', oneLine: true },
    { label: 'Judged on' },
    { label: 'Effect, under our protocol unless said otherwise (95 % interval)' },
  ],
  rows: claimsLedger(data).map((judged) => [
    { text: `${judged.claim.number}. ${judged.claim.short}`, href: `#claim-${judged.claim.number}` },
    verdictWords[judged.verdict],
    scopeOf(judged) || '–',
    firstEffect(judged),
  ]),
  runs: judgedRuns(data),
})
