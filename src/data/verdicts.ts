import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { runLabel } from '../../experiments/results/read-results.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { readData } from './read-data.ts'
import type { SiteSettings } from './site-settings.ts'
import { foldRuns, protocolInWords, seedsInWords } from './train-commands.ts'

const verdictSchema = z.strictObject({
  experiment: z.string(),
  protocol: z.string(),
  seed: z.int().nonnegative(),
  required: z.boolean(),
  verdict: z.enum(['fresh', 'stale', 'missing', 'damaged']),
  reasons: z.array(z.string()),
})
export type Verdict = z.infer<typeof verdictSchema>

/** What `experiments status --for-site` leaves before each build. */
const statusSchema = z.strictObject({ schemaVersion: z.literal(1), resultsDir: z.string(), runs: z.array(verdictSchema) })

/**
 * Verdicts on all runs, or null where nobody judged these results: no file, or one about another results folder.
 * Freshness takes an engine; the site has none and reads only this.
 */
export function readVerdicts({ root, resultsDir }: SiteSettings): Verdict[] | null {
  const file = join(root, '.cache', 'status.json')
  if (!existsSync(file)) return null
  const status = readData(file, statusSchema, '. Write it anew: npm run experiments -- status --for-site')
  if (resolve(root, status.resultsDir) !== resultsDir) return null
  return status.runs
}

/** The runs of any protocol whose records are stale, those with the same reasons in a line each: "CNN, published protocol, seed 42: …". */
export function staleRuns({ verdicts, allRuns }: { verdicts: Verdict[] | null; allRuns: readonly RunRecord[] }): string[] {
  const why = new Map(
    (verdicts ?? []).flatMap((one) => (one.verdict === 'stale' ? [[runLabel(one), one.reasons.join('; ')]] : [])),
  )
  const stale = allRuns.filter((run) => why.has(runLabel(run)))
  return [...new Set(stale.map((run) => why.get(runLabel(run))!))].flatMap((reasons) =>
    foldRuns(stale.filter((run) => why.get(runLabel(run)) === reasons)).map(
      (fold) => `${fold.title}, ${protocolInWords(fold)}, ${seedsInWords(fold)}: ${reasons}`,
    ),
  )
}
