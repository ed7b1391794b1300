import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Addresses of all pages of a built site, relative to its base, sorted: `''` is the front page, `data/` its folder's `index.html`. */
export function sitePages(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.html') && !file.startsWith('pagefind/'))
    .map((file) => file.replace(/(^|\/)index\.html$/, '$1'))
    .sort()
}

/** The sub-path a site was built for, such as `/` or `/report/`, as its front page's links to stylesheets and scripts have it. */
export function siteBase(folder: string): string {
  const front = join(folder, 'index.html')
  if (!existsSync(front)) throw new Error(`${folder} holds no built site (no index.html): run npm run build first`)
  const asset = /(?:href|src)="(\/[^"]*?)_astro\//.exec(readFileSync(front, 'utf8'))
  return asset?.[1] ?? '/'
}
