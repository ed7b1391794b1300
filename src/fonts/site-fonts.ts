import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { fontFaces, katexStyles, subsetFonts } from './subset-fonts.ts'

/**
 * Makes the site's fonts and their stylesheets in `.cache/fonts` before anything is built, reachable as `site-fonts/…` in imports:
 * `site-fonts/faces.css`, `site-fonts/katex.css`, `site-fonts/serif.woff2?url`.
 */
export const siteFonts = (): AstroIntegration => ({
  name: 'site-fonts',
  hooks: {
    'astro:config:setup': async ({ config, updateConfig }) => {
      const folder = join(fileURLToPath(config.root), '.cache', 'fonts')
      await subsetFonts(folder)
      writeFileSync(join(folder, 'faces.css'), fontFaces())
      writeFileSync(join(folder, 'katex.css'), katexStyles())
      updateConfig({ vite: { resolve: { alias: { 'site-fonts': folder } } } })
    },
  },
})
