import type { ChartOptions } from '../charts/chart-options.ts'
import type { Raster } from '../charts/raster.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import type { SiteData } from '../data/site-data.ts'
import type { DataSheet } from '../tables/data-sheet.ts'
import type { TableData } from '../tables/table-data.ts'

/** One picture of small pictures, with a heading of its own. */
export interface Sheet {
  /** Of the PNG's file; unique in the site. */
  name: string
  /** A modern character in type, set large before the heading. */
  character?: string
  heading?: string
  alt: string
  raster: Raster
  /** Pixels of the page a pixel of the sheet, at most: a whole number. */
  scale: number
}

/** What a figure shows, derived from the data; its caption stands in the chapter. */
export interface FigureContent {
  /** The finding, in words that the data of this build bear out. */
  title: string
  /** What is plotted. */
  subtitle: string
  /** States the finding as well. */
  alt: string
  /** A chart drawn for the width it is given. */
  chart?: (options: ChartOptions) => string
  sheets?: Sheet[]
  /** Sheets in rows with their headings at the left, instead of side by side. */
  inRows?: boolean
  /** The scale of colours that the sheets share. */
  legend?: (options: ChartOptions) => string
  /** The data; left out where they are pictures. */
  table?: TableData
  /** What is drawn, unrounded, for the downloads where the table only sums it up. */
  data?: DataSheet
  /** The runs it was computed from; none where it follows from models, settings or the data set alone. */
  runs: readonly RunRecord[]
  /** The experiment whose misread characters the cells of its confusion map lead to. */
  errorsOf?: string
  /** Whether characters of the data set are shown (their licence asks for a line), or drawn ones in their place. */
  characters?: 'data set' | 'drawn'
}

/** Attributes of `<Figure>` that choose what it shows. */
export interface FigureChoice {
  experiment?: string | undefined
}

/** A figure of the report; null while the runs it needs are missing. */
export type FigureMaker = (data: SiteData, choice: FigureChoice) => FigureContent | null
