import { measured } from '../data/measured.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { numberCell, type Cell } from './table-data.ts'

/** A measure of an experiment; a dash where its runs lack the number, null (written "not run yet") where there are none. */
export function measuredCell(data: SiteData, name: string, experiment: string): Cell {
  const found = measured(data, name, experiment)
  if (found) return numberCell(found.value, found.kind)
  return experimentData(data, experiment).runs.length ? '–' : null
}
