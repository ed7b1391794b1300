import { join, resolve } from 'node:path'

export interface SiteSettings {
  /** Where the run records lie. */
  resultsDir: string
  /** The protocol whose runs are shown as ours. */
  protocol: string
  /** The project's folder, from which `content/` and `.cache/` are read. */
  root: string
}

/** `RESULTS_DIR` and `SITE_PROTOCOL` choose other records to render, such as a smoke run's. */
export function siteSettings(env: Record<string, string | undefined> = process.env, root = process.cwd()): SiteSettings {
  return {
    resultsDir: resolve(root, env.RESULTS_DIR || join('content', 'results')),
    protocol: env.SITE_PROTOCOL || 'corrected',
    root,
  }
}
