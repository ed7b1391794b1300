import type { APIRoute, GetStaticPaths } from 'astro'
import { chapterPath, publicAddress } from '../../data/address.ts'
import { downloadText, extensionsOf, figureEvidence, tableEvidence, type Evidence, type Extension } from '../../data/downloads.ts'
import { report } from '../../data/report.ts'
import { siteData } from '../../data/site-data.ts'
import { figureContent, type FigureName } from '../../figures/index.ts'
import { tables, type TableName } from '../../tables/index.ts'

interface Download {
  evidence: Evidence
  extension: Extension
  /** Of the figure or table on its page. */
  place: string
}

const contentTypes: Record<Extension, string> = { csv: 'text/csv', json: 'application/json', svg: 'image/svg+xml' }

/** The data and drawings of all figures and tables that chapters use: `finding.csv`, `finding.json`, `finding.svg`. */
export const getStaticPaths: GetStaticPaths = async () => {
  const { chapters, targets } = await report()
  const uses = chapters.flatMap(({ slug, parts }) => parts.components.map((use) => ({ ...use, slug })))
  return uses.flatMap(({ name, attributes, slug }) => {
    const { id, of } = attributes
    if (!id || !of || (name !== 'Figure' && name !== 'Table')) return []
    const choice = { experiment: attributes['experiment'] ?? undefined }
    const target = targets.get(id)!
    const content = name === 'Figure' ? figureContent(siteData(), of as FigureName, choice) : null
    const evidence =
      name === 'Table'
        ? tableEvidence(`Table ${target.number}`, tables[of as TableName](siteData(), choice))
        : content && figureEvidence(content)
    if (!evidence) return []
    return extensionsOf(evidence).map((extension) => ({
      params: { file: `${id}.${extension}` },
      props: { evidence, extension, place: chapterPath(slug, id) } satisfies Download,
    }))
  })
}

export const GET: APIRoute<Download> = ({ props: { evidence, extension, place }, site }) =>
  new Response(downloadText(evidence, extension, publicAddress(site, place)), {
    headers: { 'content-type': contentTypes[extension] },
  })
