import type { APIRoute, GetStaticPaths } from 'astro'
import { galleryOf, type Gallery } from '../../data/gallery.ts'
import { galleryData } from '../../data/gallery-files.ts'
import { siteData } from '../../data/site-data.ts'
import { csvOf } from '../../tables/data-sheet.ts'

/** Every mistake of an experiment as CSV, where the data set was at hand. */
export const getStaticPaths: GetStaticPaths = () =>
  siteData().experiments.flatMap(({ experiment: { name } }) => {
    const gallery = galleryOf(siteData(), name)
    return gallery?.images ? [{ params: { experiment: name }, props: { gallery } }] : []
  })

export const GET: APIRoute<{ gallery: Gallery }> = ({ props }) =>
  new Response(csvOf(galleryData(props.gallery)), { headers: { 'content-type': 'text/csv' } })
