import { runLabel } from '../../experiments/results/read-results.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import type { SiteData } from './site-data.ts'

/** Protocols whose runs have pages beside those of the site's own: the original's and ours. Sweeps and audits stand in tables only. */
const protocolsWithPages = ['corrected', 'published']

export const hasPage = (data: SiteData, { protocol }: RunRecord): boolean =>
  protocol === data.protocol.name || protocolsWithPages.includes(protocol)

/** Runs with a page of their own, as their files are ordered. */
export const runPages = (data: SiteData): RunRecord[] => data.allRuns.filter((run) => hasPage(data, run))

/** The page that lists them. */
export const runsPage = { path: 'runs/', title: 'Every run' }

/** Where a run's page stands below the site's base, without its last slash: `runs/corrected/cnn/seed-1`. Its record is there as `….json`. */
export const runPath = (run: RunRecord): string => `runs/${runLabel(run)}`
