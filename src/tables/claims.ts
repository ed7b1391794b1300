import { claimsLedger, scopeOf, verdictWords } from '../data/claims-ledger/ledger.ts'
import type { JudgedClaim } from '../data/claims-ledger/claim.ts'
import type { SiteData } from '../data/site-data.ts'
import { unitOf, writeInterval, writeNumber } from '../data/write-number.ts'
import type { TableMaker } from './table-data.ts'

/** The effect that a claim is first judged by, in our runs. */
function firstEffect({ corrected: { effects } }: JudgedClaim): string {
  const [first] = effects
  if (!first) return '–'
  const { label, value, kind, interval } = first
  return `${label}: ${writeNumber(value, kind)}${unitOf(kind)}${interval ? ` (${writeInterval(interval, kind)})` : ''}`
}

const judgedRuns = (data: SiteData) => data.allRuns.filter(({ protocol }) => protocol === 'corrected' || protocol === 'published')

/** The fourteen claims in a line each: verdict, what it is about, and the first effect. */
export const claimsTable: TableMaker = (data) => ({
  columns: [{ label: 'Claim' }, { label: 'Verdict' }, { label: 'Of' }, { label: 'Effect, our protocol (95 % interval)' }],
  rows: claimsLedger(data).map((judged) => [
    { text: `${judged.claim.number}. ${judged.claim.short}`, href: `#claim-${judged.claim.number}` },
    verdictWords[judged.verdict],
    scopeOf(judged) || '–',
    firstEffect(judged),
  ]),
  runs: judgedRuns(data),
})
