const base = import.meta.env.BASE_URL.replace(/\/?$/, '/')

/** The address of a page or file of the site, below the base path it is built for: `address('data/')`. */
export const address = (path: string): string => base + path.replace(/^\//, '')

/** The address of a chapter ('' for the front page), and of a place in it. */
export const chapterAddress = (slug: string, anchor = ''): string =>
  address(slug ? `${slug}/` : '') + (anchor ? `#${anchor}` : '')
