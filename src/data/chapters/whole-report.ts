/** A tag with its attributes, whose values may hold `>`. */
const tag = /<[a-z][a-z0-9-]*(?:\s+[^\s=>"]+(?:="[^"]*")?)*\s*\/?>/gi
/** Attributes that name ids of the same page, one or several. */
const idAttributes = /(\s(?:id|for|aria-labelledby|aria-describedby|aria-controls|popovertarget|headers)=")([^"]*)(")/g

/** The id of a place of a chapter on the page that holds all of them: each chapter has names of its own. */
const placeId = (slug: string, id: string) => `${slug || 'front'}--${id}`

/** The id of a chapter there. */
export const chapterId = (slug: string): string => `chapter-${slug || 'front'}`

/**
 * A chapter's HTML for the page that holds all chapters: ids get the chapter's name before them, links between chapters stay on the
 * page, headings go down a level.
 * @param slugs of all chapters
 * @param base of the site, with its slash
 */
export function chapterInWhole(html: string, slug: string, slugs: ReadonlySet<string>, base: string): string {
  const link = (href: string): string => {
    if (href.startsWith('#')) return `#${placeId(slug, href.slice(1))}`
    const [path = '', anchor] = href.split('#')
    if (!path.startsWith(base)) return href
    const other = path.slice(base.length).replace(/\/$/, '')
    if (!slugs.has(other)) return href
    return anchor ? `#${placeId(other, anchor)}` : `#${chapterId(other)}`
  }
  const ids = (_: string, before: string, names: string, after: string) =>
    before +
    names
      .split(' ')
      .map((name) => placeId(slug, name))
      .join(' ') +
    after
  return html
    .replace(tag, (found) =>
      found
        .replace(idAttributes, ids)
        .replace(/(\shref=")([^"]*)(")/g, (_, before: string, href: string, after: string) => before + link(href) + after)
        .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${placeId(slug, id)})`),
    )
    .replace(/(<\/?h)([2-5])\b/g, (_, start: string, level: string) => `${start}${Number(level) + 1}`)
}
