import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { pageProblems } from './page-problems.ts'

/** An integration: the build fails, naming page and figure, where a built page has an unformatted value, an empty figure or the like. */
export const checkedPages = (): AstroIntegration => ({
  name: 'checked-pages',
  hooks: {
    'astro:build:done'({ dir }) {
      const folder = fileURLToPath(dir)
      const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.html'))
        .sort()
      const problems = pages.flatMap((page) =>
        pageProblems(readFileSync(join(folder, page), 'utf8')).map((problem) => `${page}: ${problem}`),
      )
      if (problems.length)
        throw new Error(`${problems.length} defects in the built pages, which are not to be published:\n${problems.join('\n')}`)
    },
  },
})
