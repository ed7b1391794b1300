import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { describeIssue } from './describe-issue.ts'
import type { SiteSettings } from './site-settings.ts'

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
 * Verdicts on the runs of a protocol, or null where nobody judged these results: no file, or one about another results folder.
 * Freshness takes an engine; the site has none and reads only this.
 */
export function readVerdicts({ root, resultsDir, protocol }: SiteSettings): Verdict[] | null {
  const file = join(root, '.cache', 'status.json')
  if (!existsSync(file)) return null
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const parsed = statusSchema.safeParse(value)
  if (!parsed.success)
    throw new Error(`${file}: ${describeIssue(parsed.error, value)}. Write it anew: npm run experiments -- status --for-site`)
  if (resolve(root, parsed.data.resultsDir) !== resultsDir) return null
  return parsed.data.runs.filter((run) => run.protocol === protocol)
}
