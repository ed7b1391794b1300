import { full } from '../helpers/full.ts'
import type { SiteName } from './built-site.ts'
import type { Look } from './inspect-page.ts'
import { sitePages } from './site-pages.ts'

const looks: Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
]

/**
 * The looks a site's pages are opened in. Two have each colour scheme and each width once; all four are for the committed records in
 * `npm run test:full`. The smoke site is the same pages with other numbers, so one look, the narrow one, stands for all in `npm test`.
 */
export function looksAt(site: SiteName): Look[] {
  if (full) return site === 'committed' ? looks : looks.slice(0, 2)
  return site === 'committed' ? looks.slice(0, 2) : looks.slice(1, 2)
}

/** Pages made alike, one for each run or each experiment: `runs/corrected/cnn/seed-1/` is of the kind `runs/corrected/`. */
const kindOf = (page: string): string => /^(runs\/[^/]+|errors)\/./.exec(page)?.[1] ?? page

/** The pages to look at: all, or with `npm test` all chapters and indexes and one page of each kind made alike. */
export function pagesLookedAt(folder: string): string[] {
  const pages = sitePages(folder)
  if (full) return pages
  return pages.filter((page, i) => pages.findIndex((other) => kindOf(other) === kindOf(page)) === i)
}

/**
 * Whether a page is to be opened in this look of this site. `all/` has every chapter once more, and takes as long as ten of them: with
 * `npm test`, one look at that of the committed records is enough.
 */
export const isLookedAt = (page: string, site: SiteName, { width }: Look): boolean =>
  full || page !== 'all/' || (site === 'committed' && width === 360)
