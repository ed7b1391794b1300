import { runLabel } from '../../experiments/results/read-results.ts'
import { publicOrigin } from './public-origin.ts'

const base = import.meta.env.BASE_URL.replace(/\/?$/, '/')

/** The address of a page or file of the site, below the base path it is built for: `address('data/')`. */
export const address = (path: string): string => base + path.replace(/^\//, '')

/** The address of a run's page. */
export const runAddress = (run: Parameters<typeof runLabel>[0]): string => address(`runs/${runLabel(run)}/`)

/** The address of the gallery of an experiment's misread characters; `2-3` is the place of those of class 2 read as class 3. */
export const errorsAddress = (experiment: string, cell = ''): string => address(`errors/${experiment}/`) + (cell && `#${cell}`)

/** The address of a figure's or table's data, or of its drawing: `downloadAddress('finding', 'csv')`. */
export const downloadAddress = (id: string, extension: 'csv' | 'json' | 'svg'): string => address(`downloads/${id}.${extension}`)

/** A chapter ('' for the front page), and a place in it, as `address` and `publicAddress` take them. */
export const chapterPath = (slug: string, anchor = ''): string => (slug ? `${slug}/` : '') + (anchor ? `#${anchor}` : '')

/** The address of a chapter ('' for the front page), and of a place in it. */
export const chapterAddress = (slug: string, anchor = ''): string => address(chapterPath(slug, anchor))

/** The whole address of a page or file, for other sites to use; undefined where SITE_URL did not say where the site will stand. */
export const publicAddress = (site: URL | undefined, path: string): string | undefined => {
  const origin = publicOrigin(site)
  return origin && new URL(address(path), origin).href
}
