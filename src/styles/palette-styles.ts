import type { ViteUserConfig } from 'astro'

type Plugin = Extract<NonNullable<ViteUserConfig['plugins']>[number], { name: string }>
import { paletteCss } from '../charts/palette.ts'

const name = 'virtual:palette.css'

/**
 * `import 'virtual:palette.css'`: the charts' colours as custom properties, so that CSS and charts have one source. Light, dark where
 * the system asks for it, either where the reader chose it (`data-theme` on the root).
 */
export const paletteStyles = (): Plugin => ({
  name: 'palette-styles',
  resolveId: (id) => (id === name ? `\0${name}` : null),
  load: (id) =>
    id === `\0${name}`
      ? `:root { color-scheme: light; ${paletteCss('light')} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme='light']) { color-scheme: dark; ${paletteCss('dark')} } }
@media screen { :root[data-theme='dark'] { color-scheme: dark; ${paletteCss('dark')} } }`
      : null,
})
