import type { APIRoute, GetStaticPaths } from 'astro'
import { report } from '../../data/report.ts'
import { siteData } from '../../data/site-data.ts'
import type { Sheet } from '../../figures/figure.ts'
import { figureContent, type FigureName } from '../../figures/index.ts'

/** The picture sheets of all figures that chapters use, as PNG files. */
export const getStaticPaths: GetStaticPaths = async () => {
  const { chapters } = await report()
  const used = chapters.flatMap(({ parts }) => parts.components.filter(({ name }) => name === 'Figure'))
  const sheets = used.flatMap(({ attributes: { of, experiment } }) => {
    return figureContent(siteData(), of as FigureName, { experiment: experiment ?? undefined })?.sheets ?? []
  })
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  return [...byName.values()].map((sheet) => ({ params: { name: sheet.name }, props: { sheet } }))
}

export const GET: APIRoute<{ sheet: Sheet }> = ({ props }) =>
  new Response(Uint8Array.from(props.sheet.raster.png), { headers: { 'content-type': 'image/png' } })
