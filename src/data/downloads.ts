import type { RunRecord } from '../../experiments/results/schema.ts'
import { wideWidth } from '../charts/chart-options.ts'
import { standaloneSvg } from '../charts/standalone-svg.ts'
import type { FigureContent } from '../figures/figure.ts'
import { csvOf, sheetOf, type DataSheet } from '../tables/data-sheet.ts'
import type { TableContent } from '../tables/table-data.ts'
import { commitsOf } from './results-summary.ts'
import { trainCommands } from './train-commands.ts'

/** What can be downloaded of one figure or table. */
export interface Evidence {
  title: string
  subtitle?: string
  sheet?: DataSheet
  runs: readonly RunRecord[]
  chart?: FigureContent['chart']
  alt?: string
}

/** The downloads of a figure; its data unrounded where it has them. */
export function figureEvidence({ title, subtitle, alt, data, table, runs, chart }: FigureContent): Evidence {
  const sheet = data ?? (table && sheetOf(table))
  return { title, subtitle, alt, runs, ...(sheet ? { sheet } : {}), ...(chart ? { chart } : {}) }
}

export const tableEvidence = (title: string, table: TableContent): Evidence => ({
  title,
  sheet: sheetOf(table),
  runs: table.runs,
})

export type Extension = 'csv' | 'json' | 'svg'

/** In what forms a figure or table can be downloaded. */
export const extensionsOf = ({ sheet, chart }: Evidence): Extension[] => [
  ...(sheet ? (['csv'] as const) : []),
  'json',
  ...(chart ? (['svg'] as const) : []),
]

function json({ title, subtitle, sheet, runs }: Evidence, address: string | undefined): string {
  const content = {
    title,
    ...(subtitle ? { subtitle } : {}),
    address,
    licence: 'CC BY 4.0',
    runs: runs.map((run) => {
      const { protocol, experiment, seed } = run
      return { protocol, experiment, seed, commits: commitsOf([run]) }
    }),
    commands: trainCommands(runs),
    ...(sheet ? { rows: sheet.rows.map((row) => Object.fromEntries(row.map((value, i) => [sheet.columns[i]!, value]))) } : {}),
  }
  return JSON.stringify(content, null, 1) + '\n'
}

/**
 * The text of one download. The SVG stands alone: colours written out, fonts named.
 * @param address of the figure or table, for who finds the file elsewhere; undefined where SITE_URL did not say where the site will stand
 */
export function downloadText(evidence: Evidence, extension: Extension, address: string | undefined): string {
  const { chart, alt = evidence.title, sheet } = evidence
  if (extension === 'svg' && chart) return standaloneSvg(chart({ label: alt, width: wideWidth }), 'light') + '\n'
  if (extension === 'csv' && sheet) return csvOf(sheet)
  if (extension === 'json') return json(evidence, address)
  throw new Error(`"${evidence.title}" has no ${extension}: it has ${extensionsOf(evidence).join(', ')}`)
}
