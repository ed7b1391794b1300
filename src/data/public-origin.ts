/** The origin of the published site; undefined where SITE_URL did not say where it will stand. */
export const publicOrigin = (site: URL | string | undefined): string | undefined => {
  const url = site && new URL(site)
  return !url || url.hostname === 'localhost' ? undefined : url.origin
}
