import type { RunRecord } from '../../experiments/results/schema.ts'
import { once } from './once.ts'
import type { SiteData } from './site-data.ts'

const ended = ({ status }: RunRecord): boolean => status === 'converged'

const views = new WeakMap<SiteData, SiteData>()

/** The same data without runs that were stopped at a budget: what those score is not what their protocol gives. Made once. */
export const endedRuns = (data: SiteData): SiteData =>
  once(views, data, () => ({
    ...data,
    allRuns: data.allRuns.filter(ended),
    experiments: data.experiments.map((one) => ({ ...one, runs: one.runs.filter(ended) })),
  }))
