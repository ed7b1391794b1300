import { readFileSync } from 'node:fs'
import type { APIRoute, GetStaticPaths } from 'astro'
import { recordPath, runLabel } from '../../../experiments/results/read-results.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import { runPages } from '../../data/run-pages.ts'
import { siteData } from '../../data/site-data.ts'

/** The records of all runs that have a page, as they are filed. */
export const getStaticPaths = (() =>
  runPages(siteData()).map((run) => ({
    params: { run: runLabel(run) },
    props: { run },
  }))) satisfies GetStaticPaths

export const GET: APIRoute<{ run: RunRecord }> = ({ props }) =>
  new Response(readFileSync(recordPath(siteData().resultsDir, props.run)), { headers: { 'content-type': 'application/json' } })
