import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { unified } from '@astrojs/markdown-remark'
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import rehypeKatex from 'rehype-katex'
import remarkMath from 'remark-math'
import { finishedPages } from './src/checks/finished-pages.ts'
import { siteFonts } from './src/fonts/site-fonts.ts'
import { componentPlaces } from './src/markdown/component-places.ts'
import { componentSentences } from './src/markdown/component-sentences.ts'
import { focusableCode } from './src/markdown/focusable-code.ts'
import { reportPdf } from './src/pdf/report-pdf.ts'
import { paletteStyles } from './src/styles/palette-styles.ts'

/** The one inline script: it sets the colour scheme before anything is painted. */
const themeScript = readFileSync(new URL('./src/scripts/theme-first.js', import.meta.url))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64')

const site = process.env.SITE_URL || 'http://localhost:4321'
if (new URL(site).pathname !== '/')
  throw new Error(`SITE_URL is ${site}: its path, ${new URL(site).pathname}, belongs into SITE_BASE`)

export default defineConfig({
  site,
  base: process.env.SITE_BASE || '/',
  trailingSlash: 'always',
  // In the tree, not among its packages: copies of the tree share these, and are built at once.
  cacheDir: '.cache/astro',
  // Formulas go into pages as one string each, not as a component for each of their boxes.
  integrations: [mdx({ optimize: true }), siteFonts(), finishedPages(), reportPdf()],
  markdown: {
    syntaxHighlight: false,
    processor: unified({
      remarkPlugins: [remarkMath, componentSentences, componentPlaces],
      rehypePlugins: [[rehypeKatex, { strict: 'error', throwOnError: true }], focusableCode],
    }),
  },
  build: { inlineStylesheets: 'never' },
  security: {
    csp: {
      directives: ["default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'self'", "form-action 'none'"],
      scriptDirective: {
        // Pagefind's search runs as WebAssembly.
        resources: ["'self'", "'wasm-unsafe-eval'"],
        hashes: [`sha256-${sha256(themeScript)}`],
      },
      // KaTeX places its boxes with style attributes.
      styleDirective: {
        resources: [
          { resource: "'self'", kind: 'element' },
          { resource: "'unsafe-inline'", kind: 'attribute' },
        ],
      },
    },
  },
  devToolbar: { enabled: false },
  vite: {
    cacheDir: '.cache/vite',
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Astro's own directives in its virtual modules: nothing to be done about here.
        onLog: (level, log, write) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : write(level, log)),
      },
    },
    ssr: { external: ['@resvg/resvg-js', '@observablehq/plot', 'linkedom'] },
    plugins: [paletteStyles()],
  },
})
