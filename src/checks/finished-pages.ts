import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { indexSite } from '../search/index-site.ts'
import { checkPages } from './check-pages.ts'

/** An integration: the pages that a build has written are checked, and indexed for the search. */
export const finishedPages = (): AstroIntegration => ({
  name: 'finished-pages',
  hooks: {
    'astro:build:done': async ({ dir, logger }) => {
      const folder = fileURLToPath(dir)
      // Both at once: Pagefind reads the pages in a process of its own.
      const [searchable] = await Promise.all([indexSite(folder), checkPages(folder)])
      logger.info(`${searchable} pages can be searched`)
    },
  },
})
