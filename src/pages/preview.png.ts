import { join } from 'node:path'
import type { APIRoute } from 'astro'
import { previewPng, previewSvg } from '../charts/preview-picture.ts'
import { reportTitle } from '../data/report-title.ts'
import { siteData } from '../data/site-data.ts'
import { siteSettings } from '../data/site-settings.ts'
import { figureContent } from '../figures/index.ts'
import { subsetPictureFonts } from '../fonts/subset-fonts.ts'

/** So wide that the chart fills the picture below its title. */
const chartWidth = 960

/** What other sites show of a link to the report: its finding. */
export const GET: APIRoute = async () => {
  const finding = figureContent(siteData(), 'finding', {})
  if (!finding?.chart) throw new Error('the figure "finding" has no chart to make preview.png of')
  const chart = finding.chart({ label: finding.alt, width: chartWidth })
  const fonts = await subsetPictureFonts(join(siteSettings().root, '.cache', 'fonts'))
  const png = previewPng(previewSvg({ kicker: reportTitle, title: finding.title, chart }), fonts)
  return new Response(Uint8Array.from(png), { headers: { 'content-type': 'image/png' } })
}
