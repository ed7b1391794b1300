/**
 * The custom properties that charts draw with, and their values on light and dark paper. The site's CSS defines them from this list
 * (see `paletteCss`), so that one SVG suits both schemes. Network hues are Okabe & Ito's (2008), lightened on dark paper; `*-text`
 * are the steps of a hue that words are set in (at least 4.5 : 1 on paper; tested).
 */
export const palette = {
  '--paper': { light: '#fbf8f2', dark: '#181613' },
  '--ink': { light: '#1e1b18', dark: '#ece6dc' },
  '--ink-soft': { light: '#625c53', dark: '#a9a196' },
  '--rule': { light: '#d8d1c5', dark: '#3d3832' },
  '--accent': { light: '#9b1c31', dark: '#ee8594' },
  '--cnn': { light: '#0072b2', dark: '#4aa8e0' },
  '--cnn-text': { light: '#00639b', dark: '#74bdec' },
  '--fcnn': { light: '#d55e00', dark: '#ec7f2c' },
  '--fcnn-text': { light: '#a84a00', dark: '#f59c58' },
  '--no-pooling': { light: '#009e73', dark: '#1fb88a' },
  '--no-pooling-text': { light: '#00704f', dark: '#4fcfa6' },
  // Signed weights; the same in both schemes, because rasters carry them too. Neither is a network's hue.
  '--negative': { light: '#8f63bf', dark: '#8f63bf' },
  '--zero': { light: '#80808026', dark: '#80808026' },
  '--positive': { light: '#a5761a', dark: '#a5761a' },
} as const

export type PaletteName = keyof typeof palette
export type Scheme = 'light' | 'dark'

/** The declarations of one scheme, for a rule of the site's stylesheet: `--paper: #fbf8f2; …`. */
export const paletteCss = (scheme: Scheme): string =>
  Object.entries(palette)
    .map(([name, value]) => `${name}: ${value[scheme]};`)
    .join(' ')
