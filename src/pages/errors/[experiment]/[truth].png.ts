import type { APIRoute, GetStaticPaths } from 'astro'
import { classes } from '../../../../experiments/dataset/kmnist.ts'
import type { Raster } from '../../../charts/raster.ts'
import { galleryOf } from '../../../data/gallery.ts'
import { gallerySheet } from '../../../data/gallery-files.ts'
import { siteData } from '../../../data/site-data.ts'

/** The characters of the galleries, a sheet for each experiment and true class; none without the data set. */
export const getStaticPaths: GetStaticPaths = () => {
  const data = siteData()
  return data.experiments.flatMap(({ experiment: { name } }) => {
    const gallery = galleryOf(data, name)
    if (!gallery) return []
    return classes.flatMap(({ index }) => {
      const sheet = gallerySheet(data, gallery, index)
      return sheet ? [{ params: { experiment: name, truth: String(index) }, props: { sheet } }] : []
    })
  })
}

export const GET: APIRoute<{ sheet: Raster }> = ({ props }) =>
  new Response(Uint8Array.from(props.sheet.png), { headers: { 'content-type': 'image/png' } })
